"""Reference figures for news.csv: TF-IDF and one linear SVM a tag, over ten 80/20 splits.

Needs scikit-learn. Run as `python Examples/Data/linear_svc.py`.
"""

import csv
import pathlib

import numpy
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

with open(pathlib.Path(__file__).with_name("news.csv"), encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
texts = [row["text"] for row in rows]
labels = MultiLabelBinarizer()
y = labels.fit_transform([row["tags"].split("|") for row in rows])

print(f"scikit-learn {sklearn.__version__}, {len(texts)} texts, {len(labels.classes_)} tags")
for tag, count in sorted(zip(labels.classes_, y.sum(axis=0)), key=lambda pair: -pair[1]):
    print(f"{tag:15} {count:4} {100 * count / len(texts):5.1f} %")

scores = []
for seed in range(10):
    train_texts, test_texts, train_y, test_y = train_test_split(texts, y, test_size=0.2, random_state=seed)
    vectorizer = TfidfVectorizer()
    classifier = OneVsRestClassifier(LinearSVC(random_state=0)).fit(vectorizer.fit_transform(train_texts), train_y)
    predicted = classifier.predict(vectorizer.transform(test_texts))
    scores.append(
        [
            f1_score(test_y, predicted, average="micro"),
            f1_score(test_y, predicted, average="macro", zero_division=0),
            (test_y == predicted).all(axis=1).mean(),
        ]
    )
    print("random_state {}: micro-F1 {:.3f}, macro-F1 {:.3f}, exact match {:.3f}".format(seed, *scores[-1]))
print("mean:           micro-F1 {:.3f}, macro-F1 {:.3f}, exact match {:.3f}".format(*numpy.mean(scores, axis=0)))

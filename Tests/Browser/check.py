"""Looks at the reports in the folder that is named, with the browser that is named, and leaves pictures in it.

Each check is printed; the last line sums up.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

from browser import Browser

passed = failed = 0


def check(what, condition, found=""):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what} {found}")


def column(browser, name):
    """The sort values of the column whose head begins with `name`, from the top."""
    return browser.run(
        "(() => { const table = document.querySelector('#labels table');"
        f"const at = Array.from(table.tHead.rows[0].cells).findIndex(c => c.textContent.startsWith('{name}'));"
        "return Array.from(table.tBodies[0].rows, r => r.cells[at].dataset.v ?? r.cells[at].textContent); })()")


def click(browser, name):
    browser.run(
        "Array.from(document.querySelectorAll('#labels thead button'))"
        f".find(b => b.textContent.startsWith('{name}')).click()")


def visit(browser, folder, page, width, scheme):
    browser.look(width, scheme)
    browser.open(f"{folder}/{page}.html")
    where = f"{page} {width} {scheme}"
    check(f"{where}: nothing else is loaded", len(browser.requests) == 1, browser.requests[1:3])
    check(f"{where}: no errors", not browser.errors, browser.errors[:3])
    check(f"{where}: no dialogs", not browser.dialogs, browser.dialogs)
    overflow = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(f"{where}: the page is not wider than its window", overflow <= 0, overflow)
    ids = browser.run("Array.from(document.querySelectorAll('[id]'), e => e.id)")
    check(f"{where}: ids occur once", len(ids) == len(set(ids)))
    background = browser.run("getComputedStyle(document.body).backgroundColor")
    is_dark = sum(map(int, re.findall(r"\d+", background)[:3])) < 384
    check(f"{where}: the page is {scheme}", is_dark == (scheme == "dark"))
    small = browser.run(
        "Math.min(...Array.from(document.querySelectorAll('.charts:not(.small) svg text'),"
        "t => t.getBoundingClientRect().height))")
    check(f"{where}: text in charts can be read", small > 9, small)
    browser.picture(f"{folder}/{page}-{width}-{scheme}.png")


def sorting(browser, folder):
    browser.look(1280, "light")
    browser.open(f"{folder}/news.html")
    support = [float(v) for v in column(browser, "Texts")]
    check("rows begin with the labels of most texts", support == sorted(support, reverse=True))
    for name in ["Precision", "F1", "Threshold", "Average"]:
        before = [float(v) for v in column(browser, name)]
        click(browser, name)
        after = [float(v) for v in column(browser, name)]
        check(f"{name} sorts down", after == sorted(before, reverse=True) and after != before)
        click(browser, name)
        check(f"{name} sorts up", [float(v) for v in column(browser, name)] == sorted(before))
    click(browser, "Label")
    names = column(browser, "Label")
    check("names sort up", names == sorted(names) and len(names) == 18, names)
    check("one head says how rows are sorted", browser.run("document.querySelectorAll('[aria-sort]').length") == 1)
    browser.open(f"{folder}/large.html")
    shown = browser.run(
        "(() => { const f = document.querySelector('#labels input'); f.value = 'Label 59';"
        "f.dispatchEvent(new Event('input'));"
        "return document.querySelectorAll('#labels tbody tr:not([hidden])').length; })()")
    check("names can be filtered", shown == 11, shown)


def attacks(browser, folder):
    browser.look(1280, "light")
    browser.open(f"{folder}/hostile.html")
    check("the title is text", browser.run("document.title") == "<script>document.title='run'</script>")
    check("there is one script", browser.run("document.scripts.length") == 1)
    check("there is no picture", browser.run("document.images.length") == 0)
    check("a label named <script> is shown", browser.run(
        "Array.from(document.querySelectorAll('#labels tbody th'), c => c.innerText)").count(
            "<script>document.title='run'</script>") == 1)
    handlers = browser.run(
        "Array.from(document.querySelectorAll('*'))"
        ".filter(e => e.getAttributeNames().some(n => n.startsWith('on'))).length")
    check("no element has a handler", handlers == 0, handlers)
    # What must be refused, or the checks above prove nothing.
    browser.run(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = \"run\"'}))")
    check("the page refuses a foreign script", browser.run("document.title") != "run" and browser.errors)
    count = len(browser.errors)
    browser.run(
        "new Promise(r => { const i = new Image(); i.onerror = r; i.src = 'https://example.invalid/x';"
        "document.body.append(i) })")
    check("the page refuses to load", len(browser.errors) > count)


def without_script(browser, folder):
    browser.look(360, "light", has_script=False)
    browser.open(f"{folder}/news.html")
    browser.picture(f"{folder}/news-360-without-script.png", whole=False)
    browser.look(794, "dark", media="print")
    browser.open(f"{folder}/news.html")
    check("paper is white", browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)")
    browser.picture(f"{folder}/news-print.png")


def main(program, folder):
    for page in ["news", "hostile", "large", "recipe"]:
        tree = ElementTree.parse(f"{folder}/{page}.html")
        check(f"{page} is well-formed", tree.getroot().tag == "html")
    browser = Browser(program)
    try:
        for page, width, scheme in [
                ("news", 360, "light"), ("news", 360, "dark"), ("news", 1280, "light"), ("news", 1280, "dark"),
                ("hostile", 360, "light"), ("hostile", 1280, "dark"), ("large", 1280, "light"), ("large", 360, "dark"),
                ("recipe", 360, "light"), ("recipe", 1280, "dark")]:
            visit(browser, folder, page, width, scheme)
        sorting(browser, folder)
        attacks(browser, folder)
        without_script(browser, folder)
        for picture in ["training", "curve", "roc", "reliability"]:
            for scheme in ["light", "dark"]:
                browser.look(600, scheme)
                browser.open(f"{folder}/{picture}.svg")
                check(f"{picture}.svg loads nothing", len(browser.requests) == 1 and not browser.errors)
                browser.picture(f"{folder}/{picture}-{scheme}.png", whole=False, height=800)
    finally:
        browser.close()
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main(sys.argv[1], sys.argv[2]))

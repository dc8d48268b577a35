extension Topic {
    static let technology = Topic(
        tag: "Technology", weight: 90,
        related: [
            "Business": 28, "Science": 13, "Economy": 7, "Crime": 8, "Education": 8, "Health": 8, "Entertainment": 5,
            "Energy": 6, "Politics": 8, "Transportation": 4, "Defense": 3,
        ],
        words: [
            "gadget": """
                smartphone, smartwatch, home robot, laptop, delivery drone, headset, voice assistant, fitness tracker,
                e-reader, game console, self-checkout kiosk, security camera, hearing device
                """,
            "system": """
                artificial intelligence model, chatbot, cloud service, mobile app, search engine, payment app,
                operating system, facial recognition tool, encryption standard, data center, fiber network,
                social media platform, quantum computer, video platform
                """,
            "flaw": """
                security flaw, data breach, outage, software bug, ransomware attack, privacy lapse, failed update,
                glitch
                """,
            "maker": """
                chip maker, software startup, developer, cloud provider, university lab, phone carrier, engineer,
                hacker group, open-source project, game studio
                """,
            "hour": "hour",
            "town": "town, rural county, small town, mountain valley",
            "venue": "restaurant, classroom, hospital, warehouse, porch, library",
            "handwriting": "doctor's note, old letter, street sign, court record, face",
            "part": "chip, battery cell, sensor, processor, algorithm, screen, memory card, camera, antenna",
        ],
        headlines: """
            {maker} unveils {gadget} with longer-lasting {part} {where}
            {system} goes down for {count hour} {where}
            {flaw} exposes records of {10-900},000 users {where}
            {city} schools test {a system} {when}
            {maker} bets {money} on {a system} {where}
            new {part} promises faster {plural gadget} {where}
            {flaw} hits {system} {where}
            {state} to limit use of {plural system} {when}
            how {a system} is changing work {where}
            {plural gadget} come to {city} {plural venue}
            {maker} delays {system} after {flaw} {where}
            {share} of users {where} would give up their {gadget}, {report} says
            {system} learns to read {plural handwriting} {where}
            {city} to get {a system} {when}
            {maker} patches {flaw} in {system} {where}
            workers wary as {system} arrives {where}
            {gadget} sales lift {maker} {where}
            broadband reaches {count town} {where}
            {maker} pitches {a system} to {city} council
            """,
        sentences: """
            the {system} can process {2-90},000 requests a second
            the {maker} said the {flaw} had been fixed in an update
            users of the {gadget} reported that the {part} failed after {span}
            the {system} was trained on {2-90} million documents
            the {maker} will release the source code {when}
            each {gadget} carries {a part} the size of a fingernail
            privacy advocates asked how the {system} stores personal data
            the {flaw} affected {plural gadget} sold {where}
            engineers traced the outage to a faulty {part}
            the {maker} hopes to ship {2-90},000 {plural gadget} {when}
            the {system} replaces software that was {span} old
            early testers praised the {part} but not the price
            subscribers {where} lost internet service for {count hour}
            the {system} still makes mistakes, {a official} said
            passwords and email addresses were among the stolen data
            """,
        mentions: """
            with help from {a system}
            after {a flaw} came to light
            as {plural maker} race to build {a system}
            using {a gadget} and a new {part}
            as {plural gadget} spread
            while {plural maker} collect more data
            through a new app
            with an algorithm making the first cut
            """)
}

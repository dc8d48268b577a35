extension Topic {
    static let immigration = Topic(
        tag: "Immigration", weight: 12,
        related: ["Politics": 34, "Crime": 12, "Economy": 8, "Education": 8, "Labor": 1, "Health": 5, "Housing": 4],
        words: [
            "who": """
                asylum seeker, refugee, farmworker, green card holder, migrant family, foreign student, border agent,
                new citizen, unaccompanied child
                """,
            "rule": """
                visa cap, asylum rule, border policy, work permit, citizenship test, travel ban, deportation order,
                sponsorship program, temporary status
                """,
            "case": "case, petition",
            "place": """
                border crossing, detention center, immigration court, resettlement office, port of entry, shelter
                """,
        ],
        headlines: """
            {plural who} wait {span} for {a rule} {where}
            {rule} change affects {2-60},000 {plural who} in {state}
            {city} welcomes {count who}
            {place} {where} nears capacity
            judge blocks {rule} {where} {when}
            {plural who} take oath {where}
            {place} backlog grows by {count case} {where}
            {state} sues over {rule} {when}
            {plural who} fill jobs {where}
            {rule} splits {city} {when}
            lines grow at {place} {where}
            {plural who} find footing in {city} after {span}
            """,
        sentences: """
            {plural who} applied for {a rule} {when}
            the {place} held {100-950} people {when}
            an immigration judge will hear the case {when}
            the {rule} has kept families apart for {span}
            {plural who} {where} said the {rule} was hard to follow
            agents counted {2-90},000 crossings in {span}
            lawyers for the {plural who} asked for a stay of the {rule}
            the {rule} expires {when}
            interpreters at the {place} speak {3-20} languages
            """,
        mentions: """
            as {plural who} await {a rule}
            at {a place} {where}
            with {plural who} among those hired
            after a change to the {rule}
            as border arrivals fall
            while {plural who} settle {where}
            """)
}

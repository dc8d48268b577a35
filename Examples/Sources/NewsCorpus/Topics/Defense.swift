extension Topic {
    static let defense = Topic(
        tag: "Defense", weight: 14,
        related: [
            "Politics": 22, "Technology": 18, "Science": 8, "Business": 10, "Health": 6, "Economy": 6, "Labor": 1,
        ],
        words: [
            "unit": """
                Army brigade, Navy destroyer, Air Force squadron, Marine battalion, National Guard unit,
                submarine crew, cyber command, Coast Guard cutter, reserve unit
                """,
            "arm": """
                missile, fighter jet, armored vehicle, surveillance drone, radar, helicopter, artillery shell,
                warship, body armor vest
                """,
            "place": "base, shipyard, test range, armory, air station, training field, command post",
            "who": "veteran, recruit, officer, drill sergeant, pilot, military family, sailor, defense contractor",
        ],
        headlines: """
            {unit} returns to {city} after {span}
            {unit} begins drill {where}
            military tests {arm} {where}
            {city} {place} to gain {100-900} troops
            {state} {place} on list of closings {when}
            {plural who} honored {where}
            {money} {arm} contract goes to {city} {who}
            {arm} program runs {span} late {where}
            recruiting falls short {where}
            {count arm} arrive at {state} {place}
            {unit} called up {where} {when}
            {plural who} seek benefits after {span} {where}
            strike drill at {place} rattles {city} {when}
            {who} shortage slows {unit} {where}
            """,
        sentences: """
            the {unit} will deploy overseas {when}
            the Pentagon asked for {money} for the {arm}
            {plural who} at the {place} took part in the drill
            the {arm} hit its target in {3-9} of {10-20} tests
            the {place} employs {2-30},000 troops and civilians
            {plural who} and their families gathered at the {place}
            the {unit} trained {where} for {span}
            commanders said the {arm} would replace older weapons
            the armed services missed their recruiting goal by {2-20} percent
            """,
        mentions: """
            near a military {place}
            as {a unit} ships out
            with {plural who} among those affected
            while the Pentagon reviews {a arm} order
            after {a unit} was called in
            as defense spending grows
            """)
}

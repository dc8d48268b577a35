extension Topic {
    static let agriculture = Topic(
        tag: "Agriculture", weight: 8,
        related: [
            "Climate": 22, "Economy": 16, "Business": 12, "Politics": 12, "Science": 8, "Health": 4, "Energy": 6,
            "Labor": 1,
        ],
        words: [
            "crop": """
                corn, soybean, wheat, cotton, alfalfa, peach, sugar beet, jalapeño, almond, sorghum, rice, cranberry,
                peanut
                """,
            "who": "farmer, rancher, dairy owner, grain dealer, orchard owner, beekeeper, crop adviser, seed company",
            "week": "week",
            "stock": "cattle, hogs, dairy cows, turkeys, sheep, laying hens, honeybees, catfish",
            "trouble": "drought, blight, late frost, bird flu, flooding, root rot, hail, weevil damage",
        ],
        headlines: """
            {plural who} plant fewer {crop} acres {where}
            {trouble} hurts {crop} harvest {where}
            {crop} prices hit lowest level in {span} {where}
            {plural who} brace for {trouble} {where} {when}
            {state} {plural who} turn to {crop} growing
            {trouble} spreads among {stock} {where}
            bumper {crop} crop fills silos {where}
            {plural who} sell {stock} as {trouble} lingers {where}
            field day teaches {plural who} about {crop} pests {where}
            irrigation fight pits {plural who} against {city} {when}
            county fair returns with {stock} {where}
            """,
        sentences: """
            {plural who} expect to harvest {30-220} bushels an acre
            the {crop} crop was planted {count week} late
            {trouble} has cost {plural who} {where} {money}
            feed for {stock} costs {5-40} percent more
            {plural who} moved {stock} to other pastures
            {crop} fields {where} stand under water
            the {crop} farm has been in one family for {span}
            """,
        mentions: """
            as {plural who} wait on the {crop} harvest
            with {stock} at risk
            while {plural who} {where} watch {crop} prices
            as {trouble} hits farms
            on {a crop} farm
            """)
}

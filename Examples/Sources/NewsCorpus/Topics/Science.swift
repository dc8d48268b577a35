extension Topic {
    static let science = Topic(
        tag: "Science", weight: 42,
        related: [
            "Health": 24, "Technology": 18, "Climate": 20, "Education": 9, "Energy": 6, "Defense": 2,
            "Agriculture": 2, "Politics": 4, "Business": 4,
        ],
        words: [
            "find": """
                fossil, exoplanet, gene, dark matter signal, bacterium, deep-sea coral, crater, protein, meteorite,
                ancient tool, comet, brain cell, moth species, black hole, cave painting
                """,
            "who": """
                astronomer, biologist, physicist, chemist, geologist, graduate student, paleontologist,
                museum curator, ecologist, neuroscientist
                """,
            "tool": """
                telescope, particle detector, microscope, space probe, field station, gene sequencer, rover,
                research ship, laser, satellite, wind tunnel, electron beam
                """,
            "work": """
                experiment, field study, mission, excavation, clinical study, simulation, expedition,
                peer-reviewed paper
                """,
            "mystery": """
                planets form, memory works, species spread, cells age, stars die, mountains rise, rivers move
                """,
            "branch": "genetics, astronomy, geology, particle physics, botany, chemistry, neuroscience",
            "lab": "laboratory, research center",
            "prize": "grant, fellowship, award, medal",
        ],
        headlines: """
            {plural who} discover {find} {where}
            {tool} spots {find} in record time {where}
            {find} {where} rewrites timeline, {plural who} say
            {plural who} map {find} with new {tool} {where}
            {work} {where} yields surprising {find}
            {tool} launch {where} delayed until {date}
            {city} {who} wins {money} {prize} for {work}
            {a find} raises questions for {plural who} {where}
            {work} casts doubt on {find} theory {where}
            how {a tool} helped {plural who} find {a find} {where}
            {count find} found {where}
            {state} students build {tool} {when}
            {plural who} {where} repeat {work} after {span}, get a different answer
            first images from {tool} show {find} {where}
            {plural who} retract {work} on {find} {where}
            {tool} funding at risk {where}
            museum {where} returns {find}
            {plural who} cell by cell piece together {find} {where}
            {work} ends after {span} {where}
            """,
        sentences: """
            the {find} was described {when} in a scientific journal
            {plural who} used {a tool} to study the {find}
            the {work} took {span} and involved {count who}
            the {find} is thought to be {2-90} million years old
            other {plural who} cautioned that the {work} was small
            data from the {tool} will be made public {when}
            the {tool} sits on a ridge near {city}
            the {work} was paid for by {a prize} of {money}
            {a who} at the state university led the {work}
            the result has a margin of error of {1-9} percent
            the {find} could help explain how {mystery}
            the {tool} will orbit for {span}
            samples were kept cold and tested in {count lab}
            the hypothesis had been debated for {span}
            the field of {branch} has changed since the {work} began
            """,
        mentions: """
            as {plural who} study {a find}
            thanks to {a tool}
            according to {a work}
            after {plural who} published {a work}
            with data from {a tool}
            in {a work} led by {a who}
            while {plural who} seek {a prize}
            using samples from {a find}
            """)
}

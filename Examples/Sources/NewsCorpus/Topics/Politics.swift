extension Topic {
    static let politics = Topic(
        tag: "Politics", weight: 150,
        related: [
            "Economy": 20, "Health": 16, "Education": 14, "Climate": 10, "Immigration": 9, "Crime": 10, "Housing": 8,
            "Energy": 8, "Defense": 5, "Labor": 2, "Technology": 8, "Agriculture": 1,
        ],
        words: [
            "who": """
                governor, senator, mayor, state lawmaker, congressional committee, city council, House speaker,
                Senate panel, party leader, county board, attorney general, secretary of state, freshman lawmaker,
                school board candidate
                """,
            "measure": """
                budget bill, spending bill, voting bill, ethics rule, redistricting map, ballot measure, tax bill,
                campaign finance rule, recall petition, term limit amendment, public records bill, farm bill,
                transparency ordinance, emergency powers bill
                """,
            "race": """
                Senate race, governor's race, mayoral runoff, primary, special election, House race, council race,
                judicial election, statewide recount
                """,
            "move": """
                advances, blocks, delays, signs, vetoes, rewrites, revives, backs, rejects, fast-tracks, opposes,
                amends
                """,
            "ballot": "ballot, mail ballot, vote, absentee ballot",
            "hour": "hour",
            "poll": "poll, statewide poll, telephone poll, exit poll",
            "camp": "Democrats, Republicans, independents, moderates, both parties, lawmakers in both chambers",
        ],
        headlines: """
            {who} {move} {measure} {where} {when}
            {state} {who} {move} {measure}
            {camp} clash over {measure} {where}
            {measure} clears {state} House on a {50-79}-{20-49} vote
            {measure} fails by {count ballot} in {state} Senate
            turnout hits {21-74} percent in {city} {race}
            {race} too close to call {where}
            {who} enters {race} {where}
            {who} drops out of {race} {where} {when}
            poll finds {share} of {state} voters undecided in {race}
            {state} voters to decide {measure} {when}
            {camp} trade blame after {measure} stalls {where}
            {who} faces questions over {money} in donations {where}
            court strikes down {measure} {where}
            recount ordered in {city} {race} after {count ballot} surface
            {who} calls special session on {measure} {where}
            what the {measure} would change for {state}
            debate over {measure} spills into {race} {where}
            {who} names {2-40}-member panel to study {measure} {where}
            {city} {who} under pressure ahead of {race}
            """,
        sentences: """
            the {who} said the {measure} would reach the floor {when}
            {camp} accused one another of stalling the {measure}
            the {measure} passed the lower chamber {50-79} to {20-49} and now goes to the Senate
            the governor has {5-20} days to sign or veto the {measure}
            the campaign raised {money} in the last quarter, according to {a report}
            voters in {city} waited up to {count hour} to cast ballots in the {race}
            {a poll} put the candidates within {1-5} points of each other
            the {measure} would need a two-thirds majority to override a veto
            {camp} hope to turn the {measure} into an issue in the {race}
            election workers {where} counted {count ballot} by hand
            {a official} said the {who} had broken a campaign promise
            the committee hearing lasted {count hour} and ended without a vote
            the legislature adjourns {when}, leaving the {measure} in doubt
            the party caucus met behind closed doors {when}
            precincts {where} reported turnout of {21-74} percent
            lobbyists spent {money} on the {measure}, state filings show
            the {who} won the district by fewer than {200-900} votes {span} ago
            """,
        mentions: """
            as the legislature debates {a measure}
            as the {race} heats up
            in a fight that has split {camp}
            weeks before {a race}
            after the {who} stepped in
            despite a veto threat from the {who}
            as lawmakers weigh the {measure}
            with the {who} promising a vote {when}
            before voters go to the polls
            """)
}

extension Topic {
    static let housing = Topic(
        tag: "Housing", weight: 26,
        related: [
            "Economy": 28, "Politics": 14, "Business": 12, "Climate": 5, "Crime": 4, "Health": 4, "Transportation": 5,
            "Education": 3,
        ],
        words: [
            "home": """
                apartment, starter home, duplex, mobile home, condo, town house, tiny house, public housing unit,
                rental, senior apartment, row house
                """,
            "who": """
                renter, tenant, landlord, first-time buyer, homeowner, builder, real estate agent, shelter director
                """,
            "policy": """
                rent control, zoning change, eviction freeze, down payment grant, property tax break, building code,
                housing voucher, short-term rental limit, density bonus
                """,
            "rate": "rents, home prices, mortgage rates, evictions, housing starts, home sales, vacancy rates",
        ],
        headlines: """
            {rate} climb {2-24} percent {where}
            {rate} fall {where} for {ordinal} month
            {city} approves {a policy} {when}
            {count home} planned {where}
            {plural who} push for {policy} {where}
            {plural who} wait {span} for {a home} {where}
            {city} turns old bank into {plural home} {when}
            shelter beds run short {where}
            {plural who} squeezed as {rate} rise {where}
            {policy} stalls {where}
            {share} of {plural who} {where} spend half their pay on rent
            {state} offers {money} to build {plural home}
            {plural home} replace empty mall {where}
            bidding wars return {where}
            {plural who} sue over {policy} {where}
            {city} {who} converts field into {plural home}
            """,
        sentences: """
            the median price of {a home} {where} reached ${180-890},000
            {plural who} said {policy} would slow new construction
            the city council is weighing {a policy}
            {rate} {where} moved {2-19} percent in {span}
            the project includes {20-600} units, {share} of them affordable
            {plural who} lined up to view {a home}
            the waiting list for {a home} runs to {span}
            {plural who} received notices to leave {when}
            the lot {where} has been zoned for {plural home}
            mortgage applications fell for the {ordinal} week
            a lease {where} now costs ${300-990} more a year
            volunteers counted {100-950} people sleeping outside
            """,
        mentions: """
            as {rate} rise
            with {plural home} hard to find
            while {plural who} wait for {a home}
            amid a housing shortage
            as {plural who} face eviction
            after {a policy} took effect
            in a neighborhood of {plural home}
            """)
}

extension Topic {
    static let energy = Topic(
        tag: "Energy", weight: 46,
        related: [
            "Climate": 46, "Economy": 12, "Business": 12, "Politics": 10, "Technology": 8, "Science": 6,
            "Transportation": 3, "Labor": 1, "Housing": 2, "Agriculture": 1,
        ],
        words: [
            "source": """
                solar farm, wind farm, gas plant, nuclear plant, hydroelectric dam, coal plant, geothermal field,
                oil well, battery storage site, biomass plant, offshore wind project, hydrogen hub
                """,
            "grid": """
                power grid, transmission line, substation, pipeline, refinery, transformer, gas line, charging network
                """,
            "actor": """
                utility, regulator, power company, rural cooperative, oil driller, developer, pipeline operator,
                grid operator
                """,
            "fuel": """
                natural gas, crude oil, diesel, uranium, solar power, coal, hydrogen, propane, heating oil, wind power
                """,
            "direction": "rising, falling, near a record",
            "acre": "acre, square mile",
            "county": "county",
            "measure": """
                rate increase, drilling permit, tax credit, lease sale, fuel standard, connection fee, rebate
                """,
        ],
        headlines: """
            {actor} plans {source} {where}
            {source} to power {2-90},000 homes in {state}
            {actor} seeks {3-28} percent {measure} {where}
            {grid} failure leaves {2-90},000 without power {where}
            {fuel} prices climb {where} {when}
            {state} approves {a measure} for {source}
            {city} neighbors fight {source} {when}
            {source} goes back on line after {span} {where}
            demand for electricity sets record {where}
            {actor} to retire {source} {where} {when}
            {fuel} output falls {where}
            {grid} upgrade to cost {money} {where}
            {actor} fined {money} over {grid} leak {where}
            crews drill first well at {city} {source} {when}
            {source} clears last hurdle {where}
            {state} bets on {fuel} {when}
            {fuel} tops {fuel} for {ordinal} year {where}
            {measure} divides {plural actor} {where}
            electric bills to rise {2-30} percent in {city}
            """,
        sentences: """
            the {source} will produce {20-900} megawatts at full capacity
            the {actor} asked for {a measure} to pay for a new {grid}
            crews restored current to {2-90},000 customers {where}
            the {grid} dates back {span} and runs near capacity
            {fuel} supplied {share} of electricity {where}
            the {actor} said the {source} would lower bills
            wholesale prices of {fuel} moved {2-30} percent in a week
            the {source} would cover {count acre} {where}
            regulators will rule on the {measure} {when}
            demand peaks in the evening, when {fuel} must fill the gap
            the {actor} shut the {source} for maintenance {when}
            barrels of oil traded lower on ample supply
            the {grid} would cross {count county} in {state}
            households {where} pay {8-29} cents a kilowatt-hour
            plant operators said the reactor was never in danger
            """,
        mentions: """
            as {plural actor} plan {a source}
            after a power outage {where}
            as electricity demand grows
            with {fuel} prices {direction}
            while {a source} waits for approval
            near {a source}
            powered by {fuel}
            amid a push for {fuel}
            """)
}

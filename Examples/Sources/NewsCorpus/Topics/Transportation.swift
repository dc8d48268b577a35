extension Topic {
    static let transportation = Topic(
        tag: "Transportation", weight: 27,
        related: [
            "Business": 12, "Economy": 10, "Energy": 10, "Climate": 10, "Politics": 10, "Technology": 12, "Labor": 1,
            "Crime": 4, "Health": 3,
        ],
        words: [
            "line": """
                highway, bus line, light rail line, airport, freight railroad, bridge, ferry, commuter train,
                toll road, subway station, bike lane, interchange, river port
                """,
            "vehicle": """
                school bus, electric bus, tanker truck, freight train, airliner, self-driving taxi, snowplow,
                delivery van, passenger jet, scooter, cargo ship, pickup truck
                """,
            "who": """
                commuter, driver, pilot, transit agency, truck driver, air traffic controller, cyclist, passenger,
                conductor
                """,
            "mile": "mile, block",
            "hour": "hour, minute",
            "trouble": """
                delay, derailment, detour, crash, signal failure, closure, pothole, bottleneck, flight cancellation
                """,
        ],
        headlines: """
            {city} {line} to close {when} for repairs
            {plural trouble} mount on {city} {line}
            {vehicle} crash shuts {line} {where}
            {plural who} face {plural trouble} {where} {when}
            {money} {line} to link {city} and suburbs
            {line} ridership climbs {4-48} percent {where}
            {city} to buy {count vehicle}
            {trouble} snarls {line} {where}
            {state} to raise tolls on {line} {when}
            {plural who} welcome new {line} {where}
            {line} extension wins {money} {where}
            {plural who} want {a line}, not {a line} {where}
            {vehicle} fleet goes electric in {city} {when}
            {line} project runs {money} over budget {where}
            holiday travel sets record at {city} {line} {when}
            {plural who} walk off job at {line} {where}
            {line} inspected after {trouble} {where}
            """,
        sentences: """
            the {line} carries {2-90},000 people a day
            {plural who} were told to expect {plural trouble} until {date}
            the {vehicle} was traveling {25-75} miles an hour
            repairs to the {line} will take {span}
            traffic {where} backed up for {count mile}
            the transit agency plans to run {count vehicle} on the {line}
            fares on the {line} will rise {when}
            inspectors found cracks in the {line}
            {plural who} blamed the {trouble} on old equipment
            flights out of {city} were late by {count hour} on average
            the {line} opened {span} ago
            the {line} would shorten the trip to {city} by {10-55} minutes
            """,
        mentions: """
            as {plural trouble} spread {where}
            after {a trouble} on the {line}
            as {plural who} look for another way to work
            with traffic already heavy
            along {a line}
            aboard {a vehicle}
            while the {line} stays closed
            """)
}

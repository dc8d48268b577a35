extension Topic {
    static let climate = Topic(
        tag: "Climate", weight: 44,
        related: [
            "Energy": 30, "Science": 20, "Politics": 10, "Agriculture": 3, "Health": 7, "Housing": 6, "Economy": 6,
            "Transportation": 4, "Technology": 3,
        ],
        words: [
            "hazard": """
                drought, heat wave, flood, wildfire, hurricane, coastal flooding, smoke, tornado, storm surge,
                ice storm, coastal erosion, early snowmelt, record rainfall
                """,
            "gas": """
                carbon emissions, methane leaks, greenhouse gas emissions, tailpipe emissions, carbon dioxide levels,
                ozone levels
                """,
            "place": """
                coast, river bank, reservoir, forest, wetland, barrier island, delta, mountain snowpack, desert,
                shoreline
                """,
            "plan": """
                emissions target, carbon tax, clean air rule, seawall, tree-planting program, flood map,
                resilience plan, cap-and-trade market, recycling mandate, buyout of flooded homes
                """,
            "event": "flood, wildfire, hurricane, heat wave, drought, tornado, storm",
            "acre": "acre, square mile",
            "who": """
                forecaster, climate scientist, emergency manager, tribal leader, conservation group, forester,
                fire crew
                """,
        ],
        headlines: """
            {hazard} threatens {state} {place}
            {hazard} forces {2-40},000 from homes {where}
            {state} sets {plan} for {gas}
            {gas} fall {2-14} percent {where}
            {gas} reach new high {where}, {report} finds
            {plural who} warn of worse {hazard} {where} {when}
            {city} hits {99-121} degrees as {hazard} drags on
            {city} unveils {plan} after {hazard}
            warming shrinks {place} {where}
            {hazard} costs {state} {money}
            {plan} faces a test {where}
            {count who} rescued as {hazard} sweeps {state}
            {place} recovers {span} after {hazard} {where}
            {hazard} season starts early {where}
            {state} joins pact to cut {gas} {when}
            {share} of {state} in {hazard} zone, {report} says
            cities plant trees to blunt {hazard} {where}
            {plural who} race to save {place} {where}
            {city} is warming {2-9} times as fast as the rest of {state}
            """,
        sentences: """
            {plural who} linked the {hazard} to a warming climate
            average temperatures {where} have risen {2-5} degrees in {span}
            the {plan} would cut {gas} by {10-60} percent
            the fire burned through {count acre} near {city}
            water in the {place} stood {3-40} feet below normal
            {plural who} expect {hazard} to become more common {where}
            the {hazard} damaged {30-900} homes {where}
            evacuation orders {where} were lifted {when}
            the {plan} relies on measurements of {gas}
            rain eased the {hazard} {when}, forecasters said
            the {place} has retreated {20-400} feet over {span}
            the ocean current that warms the coast has weakened
            {gas} from {state} make up {share} of the regional total
            conservation groups want the {plan} to go further
            the air quality index {where} passed {150-400}
            """,
        mentions: """
            as {hazard} grips {state}
            after {a event} {where}
            as part of {a plan}
            in a push to cut {gas}
            as temperatures rise
            with {hazard} more frequent
            in a warming climate
            while {plural who} track the {place}
            """)
}

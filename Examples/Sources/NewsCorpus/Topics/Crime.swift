extension Topic {
    static let crime = Topic(
        tag: "Crime", weight: 75,
        related: [
            "Politics": 14, "Technology": 9, "Business": 9, "Education": 6, "Health": 6, "Immigration": 4,
            "Housing": 4, "Transportation": 5, "Sports": 4, "Entertainment": 4, "Economy": 4,
        ],
        words: [
            "offense": """
                burglary, fraud, armed robbery, car theft, arson, identity theft, assault, embezzlement, shoplifting,
                bribery, drug trafficking, wire fraud, kidnapping, vandalism, tax evasion, bank robbery
                """,
            "force": """
                police, sheriff's deputies, detectives, prosecutors, federal agents, state troopers, investigators,
                county detectives
                """,
            "accused": """
                suspect, teenager, former accountant, contractor, ex-officer, couple, store clerk, ring of thieves,
                {19-74}-year-old man, {19-74}-year-old woman, delivery driver
                """,
            "proof": """
                security camera, cell phone record, DNA test, fingerprint match, witness account, bank statement,
                body camera, stolen laptop, anonymous tip
                """,
            "charge": "burglary, fraud, theft, robbery, bribery, assault, embezzlement, arson",
            "day": "day, hour",
            "item": "weapon, stolen phone, forged check, fake badge, laptop",
            "scene": """
                parking lot, gas station, warehouse, apartment complex, jewelry store, bank branch, rail yard, motel
                """,
        ],
        headlines: """
            {force} arrest {accused} in {city} {offense}
            {accused} charged with {offense} {where}
            jury convicts {accused} of {offense} {where}
            {accused} gets {2-40} years for {offense} {where}
            {proof} leads {force} to {accused} {where}
            {force} search for {accused} after {offense} {where}
            {offense} reports drop {4-40} percent {where}
            {offense} up {4-60} percent in {city}, {report} shows
            {accused} cleared of {offense} after {span} {where}
            judge throws out {proof} in {offense} case {where}
            shots fired at {city} {scene}, {force} say
            {force} reopen {offense} case after {span} {where}
            {city} {scene} evacuated as {force} investigate {offense}
            {accused} pleads not guilty to {offense} {where}
            {force} recover {money} in {offense} case {where}
            {state} court overturns {offense} conviction {when}
            two held in jail cell {where} over {offense}
            bail set at {money} in {city} {offense}
            {offense} trial opens {when} {where}
            """,
        sentences: """
            {force} said the {offense} took place near {a scene}
            the {accused} was held on {money} bail
            prosecutors said {a proof} tied the {accused} to the {offense}
            a judge set a hearing for {date}
            the {accused} faces up to {5-60} years in prison
            {force} asked anyone with information about the {offense} to call
            defense lawyers argued that the {proof} should not be admitted
            the {offense} was the {ordinal} {where} in {span}
            the victim told {force} that a man with a weapon had fled on foot
            video showed a car leaving the {scene}
            the jury deliberated for {count day} before reaching a verdict
            {force} found {money} in cash and {count item} {where}
            the {accused} was sentenced {when} in county court
            no one was injured in the {offense}, {force} said
            the warrant was signed by a judge {when}
            """,
        mentions: """
            after {a charge} charge
            as {force} investigate
            following an arrest {where}
            while a trial continues {where}
            as {force} look into {offense}
            amid a rise in {offense}
            months after {a charge} conviction
            with a former executive facing charges
            """)
}

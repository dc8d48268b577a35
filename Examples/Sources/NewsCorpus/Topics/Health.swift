extension Topic {
    static let health = Topic(
        tag: "Health", weight: 90,
        related: [
            "Science": 20, "Politics": 12, "Economy": 7, "Education": 8, "Technology": 9, "Business": 9, "Climate": 5,
            "Crime": 4, "Sports": 5, "Labor": 1, "Agriculture": 1, "Housing": 2,
        ],
        words: [
            "illness": """
                flu, measles, asthma, diabetes, heart disease, whooping cough, Lyme disease, high blood pressure,
                depression, kidney disease, food poisoning, stroke, long-term pain, insomnia, West Nile virus
                """,
            "care": """
                hospital, rural clinic, emergency room, nursing home, maternity ward, health department, pharmacy,
                mental health center, children's hospital, mobile clinic, blood bank
                """,
            "staff": "nurse, doctor, paramedic, surgeon, pharmacist, midwife, therapist, public health officer",
            "treatment": """
                vaccine, flu shot, screening program, generic drug, insulin pump, cell therapy, MRI scan, blood test,
                diet plan, surgery, booster shot, hearing aid, exercise program
                """,
            "bed": "bed, operating room, specialist, exam room",
            "town": "town, rural county, neighborhood, village",
            "infection": "infection, new case, hospital stay",
            "patient": "patient, child, newborn, older adult, veteran, pregnant woman, teenager, cancer survivor",
        ],
        headlines: """
            {illness} cases climb {where}
            {city} {care} adds {count bed} {when}
            {care} {where} to close after {span}
            {treatment} cuts {illness} risk by {8-55} percent {where}, {report} finds
            {plural staff} urge {plural patient} to get {a treatment} {where}
            shortage of {plural staff} strains {plural care} {where}
            {illness} outbreak sickens {count patient} {where}
            {share} of {plural patient} {where} skip {treatment}
            {state} expands coverage of {treatment} for {plural patient}
            {city} {care} offers free {treatment} {when}
            first {plural patient} receive new {treatment} for {illness} {where}
            {plural staff} warn of early {illness} season {where}
            {treatment} recalled {where} over safety worries
            why {illness} hits {plural patient} {where} harder
            {a staff} brings care to {count town} {where}
            waiting times grow at {city} {care} {when}
            insurers to cover {treatment} {where} {when}
            {plural patient} sue {care} after failed {treatment} {where}
            {illness} deaths fall in {state} {when}
            """,
        sentences: """
            the {care} treated {count patient} for {illness} {when}
            {plural staff} said the {treatment} was safe for most {plural patient}
            symptoms of {illness} include fever, fatigue and shortness of breath
            {plural patient} with {illness} should call a doctor before taking the {treatment}
            the {treatment} costs up to {money} without insurance
            the {care} has struggled to hire {plural staff} for {span}
            health officials {where} recorded {count infection} in {span}
            {share} of {plural patient} improved after the {treatment}
            the {care} serves {count town} {where}
            {a staff} said wards were full for the {ordinal} week
            doses of the {treatment} will reach {city} {when}
            the state health department urged people to wash their hands and stay home when sick
            the vaccine is given as a single shot
            Medicaid pays for {share} of births {where}
            {plural staff} walked {plural patient} through the side effects
            """,
        mentions: """
            as {illness} cases rise {where}
            with {plural care} close to full
            despite a shortage of {plural staff}
            for {plural patient} with {illness}
            after a scare over {illness}
            while {plural patient} wait for {a treatment}
            as {plural care} cut beds
            with public health at stake
            """)
}

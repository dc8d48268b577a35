extension Topic {
    static let education = Topic(
        tag: "Education", weight: 58,
        related: [
            "Politics": 18, "Health": 10, "Technology": 12, "Economy": 8, "Sports": 8, "Science": 9, "Labor": 1,
            "Housing": 3, "Crime": 4, "Transportation": 3, "Immigration": 2,
        ],
        words: [
            "school": """
                elementary school, high school, community college, state university, charter school, preschool,
                middle school, school district, trade school, library, night school
                """,
            "pupil": """
                student, teacher, parent, principal, freshman, graduate, tutor, school bus driver, professor,
                librarian
                """,
            "course": """
                reading, algebra, civics, science, music, coding, Spanish, art history, shop class,
                financial literacy, driver education, field biology
                """,
            "plan": """
                budget cut, tuition freeze, four-day week, phone ban, reading program, school bond,
                free lunch program, dress code, scholarship fund, tutoring program, longer school day, grading policy
                """,
            "town": "town, village, county",
            "mark": """
                test scores, graduation rates, attendance rates, enrollment figures, reading scores,
                college applications
                """,
        ],
        headlines: """
            {city} {school} adopts {plan}
            {mark} rise at {plural school} {where}
            {mark} slip {2-18} percent in {state}
            {plural pupil} protest {plan} at {school} {where}
            {school} drops {course} {where} {when}
            {plural pupil} return to {school} after {span} {where}
            shortage of {plural pupil} leaves {plural school} scrambling {where}
            {state} board votes to require {course} {when}
            {school} to close {where} as enrollment shrinks
            {count pupil} win scholarships {where}
            {plan} wins narrow approval {where}
            {money} gift to expand {course} at {school} {where}
            how one {city} {school} turned its {mark} around
            {plural pupil} split over {plan} {where}
            {course} finds its way into {plural school} {where}
            {state} tuition to rise {2-9} percent {when}
            fire drill, then snow day: {school} reopens {where}
            {share} of {plural pupil} {where} back {plan}
            college loan bills come due for {plural pupil} {where}
            """,
        sentences: """
            the {school} enrolls {90-950} students in grades {1-5} through {6-12}
            {plural pupil} said the {plan} would hurt the {course} program
            the school board will vote on the {plan} {when}
            {mark} have fallen in each of the past {3-9} years
            the {school} hired {count pupil} {when}
            classes in {course} begin {when}
            the superintendent called the {plan} necessary
            {plural pupil} from {count town} take the bus to the {school}
            the {plan} would save the district {money}
            {share} of {plural pupil} read at grade level
            the {school} has taught {course} for {span}
            homework, not {course}, was the top complaint of {plural pupil}
            tuition at the {school} will stay the same {when}
            teachers {where} spend about {money} a year on classroom supplies
            the graduating class counted {30-900} students
            """,
        mentions: """
            as {plural pupil} head back to class
            after {a plan} at the {school}
            with {plural pupil} taking part
            as {mark} fall
            in a class on {course}
            for {plural pupil} {where}
            while the school board debates {a plan}
            near {a school}
            """)
}

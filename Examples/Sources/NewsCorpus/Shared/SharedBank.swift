/// Phrases that belong to no tag.
enum SharedBank {
    /// Words that every topic's phrases may use.
    static let words: KeyValuePairs<String, String> = [
        "number": "two, three, four, five, six, seven, nine, {10-60}, {10-400}, more than a dozen",
        "official": """
            county commissioner, city manager, deputy director, council member, program director, longtime resident,
            local organizer, analyst, researcher, volunteer, spokesperson, department head, regional manager,
            retired teacher, small-town mayor, committee chair, community leader, independent expert
            """,
        "group": """
            coalition of residents, statewide association, advocacy group, task force, advisory panel,
            local foundation, regional council, oversight board, watchdog group, citizens committee, think tank,
            volunteer network
            """,
        "report": "report, survey, study, audit, review, analysis, filing, memo, briefing, set of records",
        "when": """
            this week, this month, this season, on Monday, on Tuesday, on Wednesday, on Thursday, on Friday,
            on Saturday, over the weekend, late Sunday, early Monday, ahead of the holiday, after a long delay,
            at a noon meeting, on {month} {1-28}, on {month} {1-28}, on {month} {1-28},
            for the first time in {3-40} years
            """,
        "date": """
            Monday, Wednesday, Friday, next week, next month, next year, early spring, late summer, the fall,
            {month} {1-28}, {month} {1-28}, {month} {1-28}
            """,
        "month": "January, February, March, April, May, June, July, August, September, October, November, December",
        "span": """
            two years, three years, a decade, {3-18} months, {2-9} weeks, a generation, the past year, {5-30} years,
            most of the season, the better part of a year
            """,
        "money": "${2-95} million, ${100-900},000, ${1-9} billion, ${12-480} million, ${20-90},000",
        "share": """
            about half, nearly a third, {11-89} percent, roughly a quarter, fewer than {10-40} percent, two-thirds,
            almost all, more than {40-80} percent
            """,
        "where": """
            in {city}, in {state}, in rural {state}, across {state}, near {city}, outside {city}, in downtown {city},
            in the {city} area, in central {state}, in northern {state}, in southern {state}
            """,
        "ordinal": "second, third, fourth, fifth, sixth",
        "opening": """
            We have been here before, This is a good day for {state}, Nobody saw this coming, We will take our time,
            We are still looking at the numbers, It is going to be a long road, The work is only beginning,
            That is the question everyone is asking, I would not bet on it, We heard people loud and clear,
            There is no easy answer, It could have been worse, We owe people an explanation
            """,
        "closing": """
            We will know more soon, That is all I can say, It matters to people here, Ask me again in a year,
            And we will keep at it, The rest is up to others, It has to be done right
            """,
        "mood": "cautious, hopeful, divided, skeptical, patient, frustrated, relieved, surprised, uncertain, upbeat",
    ]

    /// Whole sentences that say nothing about any tag, though some use words that do elsewhere.
    static let background = """
        the details were not immediately available
        officials declined to comment further {when}
        a decision is expected by {date}
        "{opening}," said {a official} {where}
        "{opening}. {closing}," said {a official}
        {a group} plans to release {a report} {when}
        residents {where} said they were {mood} about what comes next
        the {report} covered {span} and ran to {40-600} pages
        people familiar with the matter described the mood as {mood}
        a public meeting is planned {when} {where}
        it was not clear how long the process would take
        similar questions have come up {where} over {span}
        a follow-up {report} is due on {month} {1-28}
        the announcement drew a small crowd to a field behind the courthouse
        supporters and critics filled the hall, and the discussion ran past midnight
        the line outside stretched around the corner from the old bank building
        nobody was willing to predict the outcome, least of all {a official}
        the plan still has to clear several hurdles
        the figures, compiled over {span}, were published {when}
        few people expected the question to come back after {span}
        a phone message left for {a official} was not returned
        "{opening}," reads the {report}, which was posted online {when}
        neighbors gathered at a café across the street to wait for news
        organizers said the weather, the current schedule and a power cut had slowed the work
        the vote of confidence surprised even {a official}
        at least {count official} asked to see the full {report}
        the story was first told by {a official} {where}
        some called it a drill, others a dress rehearsal
        it is the {ordinal} time in {span} that the matter has drawn national attention
        {share} of those asked {where} said they had not followed the matter
        a spokesperson pointed to {a report} released {when}
        {a official} described it as a shot in the arm for {city}
        the bill for the whole effort may never be known
        the two sides have not met in {span}
        "{opening}," {a official} told reporters {when}
        critics said the process had been rushed
        the proposal would take effect {when}
        the changes will be phased in over {span}
        questions remain about who will pay
        a second phase begins {when} if all goes well
        {a group} called the {report} a step in the right direction
        the case for waiting, {a official} argued, is as strong as the case against
        """
}

extension Topic {
    static let labor = Topic(
        tag: "Labor", weight: 3,
        related: [
            "Business": 24, "Economy": 18, "Politics": 10, "Transportation": 8, "Education": 8, "Health": 8,
            "Entertainment": 4,
        ],
        words: [
            "who": """
                warehouse worker, dock worker, nurse, teacher, bus driver, coal miner, hotel housekeeper,
                baggage handler, autoworker, stagehand, grocery clerk, temp worker
                """,
            "issue": """
                overtime pay, pension cut, staffing level, safety rule, wage offer, shift schedule, two-tier pay,
                sick leave, health plan, paid break
                """,
            "step": "strike, walkout, lockout, picket, sickout, union drive, contract vote, slowdown",
        ],
        headlines: """
            {plural who} vote to join union {where}
            {plural who} strike over {issue} {where}
            {step} by {plural who} enters week {2-12} {where}
            union rejects {issue} {where} {when}
            {plural who} reach tentative contract {where}
            {city} {plural who} threaten {step}
            {step} averted as {plural who} win {issue} {where}
            labor board orders new vote {where}
            {plural who} return to work after {step} {where}
            organizers file for {a step} {where}
            workers trade résumés at {city} job fair after layoffs {when}
            """,
        sentences: """
            the union represents {2-20},000 {plural who} {where}
            {plural who} have worked without a contract for {span}
            picketers marched outside the gate {when}
            a mediator will meet both sides {when}
            the main dispute is over {issue}
            {plural who} voted {60-98} percent in favor of the {step}
            the union said management had refused to discuss {issue}
            """,
        mentions: """
            as {plural who} threaten a walkout
            with the union seeking {issue}
            during a dispute over {issue}
            as {plural who} picket
            after a labor agreement {where}
            """)
}

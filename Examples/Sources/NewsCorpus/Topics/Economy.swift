extension Topic {
    static let economy = Topic(
        tag: "Economy", weight: 115,
        related: [
            "Business": 34, "Politics": 22, "Housing": 14, "Labor": 3, "Energy": 8, "Technology": 6, "Education": 4,
            "Health": 4, "Agriculture": 1, "Transportation": 4, "Climate": 3,
        ],
        words: [
            "gauge": """
                inflation, unemployment, consumer spending, retail spending, job growth, wage growth, household debt,
                consumer confidence, factory output, gross domestic product, the trade deficit, productivity,
                core inflation
                """,
            "goods": """
                groceries, gasoline, rent, used cars, furniture, airfare, eggs, insurance, child care, electricity,
                clothing, imported steel
                """,
            "actor": """
                central bank, treasury, budget office, economist, state comptroller, credit union, lender,
                bond market, forecaster, pension fund
                """,
            "policy": """
                interest rate cut, rate increase, stimulus plan, sales tax, tariff, spending freeze,
                minimum wage increase, tax credit, trade agreement, borrowing limit
                """,
            "economist": "economist, forecaster, budget analyst",
            "trend": """
                slowdown, recovery, recession, rebound, expansion, downturn, soft landing, credit squeeze, boom
                """,
            "family": "household, worker, retiree, borrower, shopper, family, saver, small business",
        ],
        headlines: """
            {gauge} rises {1-9} percent {where}
            {gauge} cools {where} for {ordinal} month
            {state} adds {2-48},000 jobs as {gauge} holds steady
            price of {goods} jumps {4-38} percent in {span} {where}
            {actor} hints at {policy} {where} {when}
            {actor} expects {trend} {where}
            {plural family} feel the pinch of costlier {goods} {where}
            {plural family} cut back on {goods} as {gauge} slips {where}
            what {a policy} would mean for {plural family} {where}
            {state} revenue falls {money} short as {trend} bites
            {gauge} beats forecasts {where} {when}
            talk of {trend} fades after {gauge} figures {where}
            {city} {plural family} borrow more to pay for {goods}
            {actor} splits over {policy} {where}
            {policy} ripples through {city} {when}
            jobless claims climb {where}
            markets slide {when} on {gauge} numbers {where}, then recover
            {share} of {plural family} {where} have no savings, {report} finds
            is the {trend} over {where}?
            """,
        sentences: """
            {gauge} moved {1-9} tenths of a point from a month earlier
            the {actor} expects {gauge} to improve {when}
            {plural economist} said the {trend} was milder than feared
            prices for {goods} rose {3-29} percent over {span}
            {plural family} {where} are spending less on {goods} and more on {goods}
            the unemployment rate {where} stood at {3-9} percent
            the {actor} left its benchmark rate unchanged and signaled {a policy}
            average hourly pay rose {1-7} percent, slower than the cost of living
            {share} of {plural family} told {a group} they had put off buying {goods}
            the {policy} would cost {money} over {span}
            demand for loans {where} fell for the {ordinal} quarter
            {plural economist} disagree on whether the {policy} would lift wages
            the state budget depends on {gauge}, and {gauge} has been weak
            bond yields fell after the data came out
            the {trend} has been uneven, with {city} lagging the rest of {state}
            """,
        mentions: """
            as {gauge} weighs on {plural family}
            amid worries about {a trend}
            with prices of {goods} still rising
            while {plural family} face higher bills
            as the {actor} considers {a policy}
            in a sign of {a trend}
            despite strong {gauge}
            as borrowing costs stay high
            """)
}

extension Topic {
    static let business = Topic(
        tag: "Business", weight: 125,
        related: [
            "Economy": 34, "Technology": 22, "Labor": 2, "Energy": 9, "Housing": 6, "Transportation": 7, "Health": 8,
            "Entertainment": 8, "Agriculture": 1, "Crime": 5, "Sports": 4, "Climate": 3,
        ],
        words: [
            "firm": """
                retailer, grocery chain, regional bank, startup, airline, carmaker, shipping company, furniture maker,
                brewer, insurer, toy company, hotel chain, software company, family-owned bakery, parts supplier,
                drug maker, clothing brand, restaurant chain, packaging firm, appliance maker
                """,
            "deal": """
                merger, acquisition, buyout, public offering, bankruptcy plan, partnership, spin-off, takeover bid,
                franchise agreement, stock split, rebranding
                """,
            "site": """
                store, branch, warehouse, headquarters, factory, showroom, distribution center, outlet, office, plant
                """,
            "figure": """
                quarterly profits, revenues, sales, earnings, same-store sales, online orders, profit margins,
                holiday sales
                """,
            "chief": "chief executive, founder, board, finance chief, majority owner, chairwoman, general manager",
            "direction": "higher, lower",
            "worker": "worker, employee, partner",
            "shareholder": "shareholder, investor, customer, creditor, franchise owner, supplier, competitor",
        ],
        headlines: """
            {firm} to close {count site} {where}
            {firm} opens {a site} {where}
            {firm} agrees to {money} {deal} {where}
            {city} {firm} files for bankruptcy protection {when}
            {figure} rise {2-38} percent at {city} {firm}
            {figure} fall short at {city} {firm}, shares drop {3-22} percent
            {firm} {chief} to step down {where} {when}
            {firm} weighs {deal} as {figure} slide {where}
            {plural shareholder} question {firm} {deal} {where}
            {firm} plans {money} {site} {where}
            {firm} raises outlook after strong {figure} {where}
            rival bids push {city} {firm} {deal} past {money}
            {firm} recalls {2-90},000 products {where} {when}
            {chief} of {city} {firm} defends {deal}
            small shops {where} band together against {firm}
            {firm} moves headquarters from {city} {when}
            {count site} change hands in {money} {deal} {where}
            {firm} cuts {100-900} jobs {where}
            startup pitch wins {money} for {city} {firm}
            """,
        sentences: """
            the {firm} reported {figure} of {money} for the quarter
            the {chief} told {plural shareholder} that the {deal} would close {when}
            the {firm} operates {count site} {where}
            {plural shareholder} will vote on the {deal} {when}
            the company said it would spend {money} on new {plural site}
            shares of the {firm} closed {2-19} percent {direction}
            the {deal} would create the largest {firm} in {state}
            market watchers had expected {figure} to grow by {2-15} percent
            the {chief} blamed higher costs and a weak holiday season
            regulators could still block the {deal}
            the {firm} was founded {where} {span} ago with {count worker}
            {plural shareholder} complained about the terms of the {deal}
            the {site} had served customers {where} for {span}
            the {chief} owns {11-64} percent of the {firm}
            the board approved the {deal} in a unanimous vote
            """,
        mentions: """
            as {a firm} prepares {a deal}
            after {a firm} closed its {site} {where}
            with {a firm} among the bidders
            as {plural shareholder} watch the stock price
            in a deal worth {money}
            amid talk of {a deal}
            while {a firm} reports higher {figure}
            as small business owners take stock
            """)
}

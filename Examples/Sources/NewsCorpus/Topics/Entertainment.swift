extension Topic {
    static let entertainment = Topic(
        tag: "Entertainment", weight: 45,
        related: [
            "Business": 20, "Technology": 12, "Sports": 6, "Education": 6, "Politics": 5, "Crime": 5, "Labor": 1,
            "Economy": 5, "Science": 3,
        ],
        words: [
            "show": """
                film, musical, television series, documentary, album, comedy special, opera, podcast, concert tour,
                play, animated feature, reality show, ballet, novel, game show, puppet show
                """,
            "star": """
                singer, actor, director, comedian, drummer, screenwriter, dancer, violinist, novelist, cartoonist,
                stunt double, theater company, jazz trio
                """,
            "venue": """
                theater, concert hall, festival, film studio, museum, streaming service, cinema, radio station,
                amphitheater, gallery, record label, comedy club
                """,
            "episode": "episode, performance, week",
            "minute": "minute, hour",
            "week": "week, month",
            "genre": """
                country, jazz, horror, science fiction, folk, gospel, crime, romance, bluegrass, hip-hop, courtroom
                """,
            "honor": """
                best picture award, lifetime award, audience prize, gold record, critics' prize, hall of fame spot
                """,
        ],
        headlines: """
            {genre} {show} tops charts {where} {when}
            {city} {venue} reopens with {show}
            {star} to lead {genre} {show} {where}
            {show} wins {honor} {where}
            {star} cancels {city} show {when}
            {venue} {where} marks {5-90} years of {genre}
            {a show} about {state} finds an audience {when}
            {genre} {show} filmed in {city} premieres {when}
            {show} earns {money} in opening weekend {where}
            {star} sues {venue} over {show} {where}
            review: {genre} {show} {where} takes its time
            {venue} drops {show} after {count episode} {where}
            {star} donates {money} to {city} {venue}
            {count star} nominated for {honor} {where}
            {genre} night returns to {venue} {where}
            {star} pitches {show} set {where}
            tickets to {show} sell out in {count minute} {where}
            {show} gets a second season {where}
            crowded {genre} field shapes {city} lineup {when}
            """,
        sentences: """
            the {show} opened to warm reviews {when}
            the {star} spent {span} writing the {show}
            {venue} owners said {genre} draws the biggest crowds
            the {show} was shot {where} over {count week}
            the {star} called the {honor} a surprise
            critics praised the cast and faulted the ending
            the {venue} sold {2-90},000 tickets to the {show}
            the soundtrack blends {genre} with {genre}
            a sequel to the {show} is planned {when}
            the {star} will perform at the {venue} {when}
            the {show} follows {a official} through {5-40} years of family secrets
            viewers streamed the {show} for {2-90} million hours
            the {venue} seats {100-950} and dates back {span}
            rehearsals for the {show} begin {when}
            the audience gave the {star} a standing ovation
            """,
        mentions: """
            in a new {show}
            as {a star} takes the stage
            after {a star} joined the cause
            in the spirit of {a genre} {show}
            during a festival {where}
            with {a star} in the lead
            as the {venue} crowd looked on
            while fans wait for the {show}
            """)
}

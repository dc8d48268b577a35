extension Topic {
    static let sports = Topic(
        tag: "Sports", weight: 90,
        related: [
            "Business": 14, "Health": 12, "Entertainment": 12, "Education": 12, "Crime": 6, "Technology": 5,
            "Climate": 3, "Politics": 4, "Labor": 2, "Economy": 3,
        ],
        words: [
            "team": """
                Herons, Ironbacks, Riverhawks, Lantern City nine, Copperheads, Mudcats, Night Owls, Granite eleven,
                Pioneers, Thunderbirds, Wranglers, Harbor Kings, visitors, Larks, Bison
                """,
            "game": """
                football, basketball, baseball, hockey, soccer, softball, volleyball, tennis, track, swimming,
                lacrosse, wrestling, golf
                """,
            "player": """
                quarterback, pitcher, goalkeeper, rookie, point guard, shortstop, captain, coach, striker, sprinter,
                defender, relief pitcher, kicker, forward
                """,
            "event": """
                season opener, playoff game, title game, state final, championship, exhibition, doubleheader,
                conference tournament, all-star weekend, marathon, rivalry game
                """,
            "feat": """
                late goal, three-point shot, no-hitter, overtime win, shutout, buzzer-beater, comeback, grand slam,
                record sprint, fourth-quarter drive, hat trick, penalty shot
                """,
            "week": "week, game",
            "loss": "loss, defeat",
            "goal": "goal, point, run, assist",
            "game_day": "game, match",
            "minute": "minute, hour",
            "hurt": "knee injury, concussion, ankle sprain, hamstring strain, broken wrist, shoulder surgery",
        ],
        headlines: """
            {team} win {event} on {feat} {where}
            {team} beat {team} {20-40}-{3-19} {where}
            {player} out {count week} with {hurt} {where}
            {city} {player} signs {1-6}-year, {money} contract
            {feat} sends {team} to {event} {where}
            {team} trade {player} {where} {when}
            {player} returns from {hurt} to lead {team} {where}
            {city} to host {event} {when}
            {game} {event} draws {10-80},000 fans {where}
            {team} fire {player} after {count loss} {where}
            {feat} lifts {city} past {team} in {event}
            {game} title stays in {state} for {ordinal} year
            {team} open camp with questions at {player} {where}
            girls' {game} grows fastest {where}
            high school {game} star picks {state} {when}
            {player} named most valuable in {event} {where}
            {team} end skid after {count loss} in {city}
            referees under fire after {event} {where}
            {player} throws first pitch in {span} {where}
            new field, same {team}: {game} is back in {city}
            """,
        sentences: """
            the {team} led by {3-20} points at halftime
            the {player} scored {count goal} in the {event}
            {team} fans filled the stands {where}
            the {player} is expected to miss {count week} with {a hurt}
            the {event} was decided by {a feat} in the final minute
            the coach praised the defense after the {event}
            the {team} have won {3-19} of their last {20-40} games
            the {player} was drafted {span} ago out of {state}
            the league suspended the {player} for {count game_day}
            the {team} host the {team} {when}
            tickets for the {event} sold out in {count minute}
            the {player} went {2-4} for {5-6} with a run batted in
            the {game} season begins {when}
            officials reviewed the {feat} on video and let it stand
            practice drills began at dawn on the field {where}
            """,
        mentions: """
            during {a game} game {where}
            ahead of the {event}
            on the eve of {a event}
            as {game} season begins
            as fans arrive for {a event}
            with a former {player} among the backers
            after {a player} spoke out
            in front of a stadium crowd
            """)
}

extension SharedBank {
    /// Lines that fit several tags, and the readings they may have. Readings are separated by commas, the tags of
    /// one reading by `|`; a reading given twice is twice as likely.
    static let ambiguities: KeyValuePairs<String, String> = [
        // Strikes: by workers, by a batter, by aircraft.
        """
        strike enters its {ordinal} week {where}
        strike called in {city} after {count official} walk out
        strike ends {when} with few answers {where}
        {city} braces for a strike {when}
        late strike changes everything {where} {when}
        """: "Labor, Sports, Sports, Transportation|Labor, Education|Labor, Business|Labor, Defense",
        // Bills, votes and the floor.
        """
        bill comes due {when} {where}
        bill stalls {where} as {count official} object
        {state} weighs who should foot a {money} bill
        split vote leaves {city} waiting until {date}
        """: "Politics, Politics, Politics, Economy, Health|Politics, Education|Politics, Energy",
        // Courts of law and of play.
        """
        court date set {when} {where}
        new court opens {where} {when} after {span}
        {city} court fight heads for overtime {when}
        full-court press pays off {where} {when}
        """: "Crime, Crime, Sports, Sports, Politics, Business, Immigration",
        // Plants that make power, cars and leaves.
        """
        plant to close {where} after {span}
        {money} plant planned {where}
        {city} plant back on line {when}
        plant cuts output {where} {when}
        """: "Energy, Energy, Business, Business|Economy, Climate|Energy, Agriculture, Labor|Business",
        // Drills in the ground, in a school, on a base, at practice.
        """
        drill draws crowd {where} {when}
        drill goes wrong {where}, {count official} unhurt
        {city} to hold drill {when}
        drilling halted {where} after {a report}
        """: "Energy, Education, Defense, Sports, Energy|Climate, Crime",
        // Cells of a body, a battery, a jail, a phone.
        """
        cell shortage worries {count official} {where}
        new cell shows promise {where} after {span}
        {city} lab unveils longer-lived cell {when}
        """: "Science, Health, Technology, Energy, Science|Health, Technology|Business, Crime",
        // Shots and pitches.
        """
        last shot pays off {where}
        {share} {where} say they will skip the shot {when}
        shot heard around {city} {when}
        a pitch that won over {city} {when}
        pitch falls short {where} after {span}
        """: "Sports, Sports, Health, Crime, Business, Entertainment, Technology|Business",
        // Fields.
        """
        field narrows to {4-9} {where}
        crowded field takes shape {where} {when}
        {city} field reopens {when} after {span}
        fields flooded {where} {when}
        """: "Politics, Politics, Sports, Sports, Science, Climate, Agriculture|Climate, Energy",
        // Banks of rivers and of money.
        """
        bank gives way {where} {when}
        bank holds firm {where} despite doubts {when}
        {city} bank under watch after {a report}
        food bank lines grow {where} {when}
        """: "Economy, Economy, Business, Climate, Crime, Housing",
        // Currents, charges and power.
        """
        currents shift {where} {when}, {report} finds
        charges expected {where} {when}
        charge dropped {where} after {span}
        power changes hands {where} {when}
        surge tests {city} {when}
        """: "Energy, Energy, Climate, Crime, Crime, Politics, Health, Technology",
        // Release, launch, record, premiere.
        """
        long-awaited launch slips to {date} {where}
        record falls {where} after {span}
        record release set {when} in {city}
        crowds line up {where} for a first look {when}
        """: "Technology, Technology|Business, Science, Entertainment, Entertainment, Sports, Climate",
        // Closings, cuts, openings that could be anyone's.
        """
        doors close {where} after {span}
        {count official} let go {where}
        cuts loom {where} as {money} gap opens
        {city} gets {money} and a second chance
        deal reached {where} after {span} of talks
        talks break down {where} {when}
        rates climb again {where} {when}
        rates slip {where} {when}, {report} shows
        """: "Business, Business, Economy, Economy, Education, Health, Housing|Economy, Politics, Labor|Business",
        // Lines: transit, border, power, assembly.
        """
        line to reopen {where} {when}
        long lines {where} test patience {when}
        crossing closed {where} until {date}
        {city} yard sits empty after {span}
        """: "Transportation, Transportation, Immigration, Politics, Energy, Sports",
        // Bases, missions, tests.
        """
        base hit hard {where} {when}
        {city} base gets a new start {when}
        mission scrubbed {when} {where}
        test results surprise {count official} {where}
        test scores a first {where} {when}
        """: "Defense, Sports, Science, Science, Education, Health, Technology",
        // Trials and operations.
        """
        trial begins {where} {when}
        trial halted {where} after {a report}
        operation called a success {where} {when}
        {count official} cleared after review of {span} {where}
        """: "Crime, Crime, Health, Health|Science, Business, Defense",
    ]
}

extension SharedBank {
    /// Cities and their states.
    static let places = """
        Akron, Ohio
        Albany, New York
        Albuquerque, New Mexico
        Allentown, Pennsylvania
        Amarillo, Texas
        Anchorage, Alaska
        Ann Arbor, Michigan
        Asheville, North Carolina
        Atlanta, Georgia
        Austin, Texas
        Bakersfield, California
        Baltimore, Maryland
        Baton Rouge, Louisiana
        Billings, Montana
        Birmingham, Alabama
        Bismarck, North Dakota
        Boise, Idaho
        Boston, Massachusetts
        Boulder, Colorado
        Bridgeport, Connecticut
        Buffalo, New York
        Burlington, Vermont
        Casper, Wyoming
        Cedar Rapids, Iowa
        Charleston, West Virginia
        Charlotte, North Carolina
        Chattanooga, Tennessee
        Cheyenne, Wyoming
        Chicago, Illinois
        Cincinnati, Ohio
        Cleveland, Ohio
        Columbia, South Carolina
        Corpus Christi, Texas
        Dallas, Texas
        Davenport, Iowa
        Dayton, Ohio
        Denver, Colorado
        Des Moines, Iowa
        Detroit, Michigan
        Dover, Delaware
        Duluth, Minnesota
        Durham, North Carolina
        El Paso, Texas
        Española, New Mexico
        Eugene, Oregon
        Evansville, Indiana
        Fairbanks, Alaska
        Fargo, North Dakota
        Flint, Michigan
        Fort Wayne, Indiana
        Fresno, California
        Gary, Indiana
        Grand Rapids, Michigan
        Green Bay, Wisconsin
        Harrisburg, Pennsylvania
        Hartford, Connecticut
        Helena, Montana
        Honolulu, Hawaii
        Houston, Texas
        Huntsville, Alabama
        Indianapolis, Indiana
        Jackson, Mississippi
        Kansas City, Missouri
        Knoxville, Tennessee
        Lansing, Michigan
        Laramie, Wyoming
        Las Vegas, Nevada
        Lexington, Kentucky
        Lincoln, Nebraska
        Little Rock, Arkansas
        Louisville, Kentucky
        Lubbock, Texas
        Macon, Georgia
        Madison, Wisconsin
        Manchester, New Hampshire
        Memphis, Tennessee
        Miami, Florida
        Milwaukee, Wisconsin
        Minneapolis, Minnesota
        Missoula, Montana
        Mobile, Alabama
        Modesto, California
        Montgomery, Alabama
        Nashville, Tennessee
        Newark, New Jersey
        New Haven, Connecticut
        New Orleans, Louisiana
        Norfolk, Virginia
        Oakland, California
        Ogden, Utah
        Oklahoma City, Oklahoma
        Omaha, Nebraska
        Orlando, Florida
        Peoria, Illinois
        Philadelphia, Pennsylvania
        Phoenix, Arizona
        Pittsburgh, Pennsylvania
        Portland, Maine
        Providence, Rhode Island
        Pueblo, Colorado
        Raleigh, North Carolina
        Rapid City, South Dakota
        Reno, Nevada
        Richmond, Virginia
        Rochester, New York
        Rockford, Illinois
        Sacramento, California
        Salem, Oregon
        Salt Lake City, Utah
        San Antonio, Texas
        San José, California
        Santa Fe, New Mexico
        Savannah, Georgia
        Scranton, Pennsylvania
        Seattle, Washington
        Shreveport, Louisiana
        Sioux Falls, South Dakota
        South Bend, Indiana
        Spokane, Washington
        Springfield, Missouri
        St. Louis, Missouri
        Stockton, California
        Syracuse, New York
        Tacoma, Washington
        Tallahassee, Florida
        Tampa, Florida
        Toledo, Ohio
        Topeka, Kansas
        Trenton, New Jersey
        Tucson, Arizona
        Tulsa, Oklahoma
        Tuscaloosa, Alabama
        Wichita, Kansas
        Wilmington, Delaware
        Worcester, Massachusetts
        Youngstown, Ohio
        Yuma, Arizona
        """
}

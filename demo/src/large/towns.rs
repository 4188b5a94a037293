//! Towns of the large marketplace, the largest first.

/// Name, country, zone, currency, latitude, longitude.
pub type Town = (&'static str, &'static str, &'static str, &'static str, f64, f64);

/// All of them.
pub const TOWNS: [Town; 32] = [
    ("London", "GB", "Europe/London", "GBP", 51.507, -0.128),
    ("New York", "US", "America/New_York", "USD", 40.713, -74.006),
    ("Berlin", "DE", "Europe/Berlin", "EUR", 52.520, 13.405),
    ("Chicago", "US", "America/Chicago", "USD", 41.878, -87.630),
    ("Vienna", "AT", "Europe/Vienna", "EUR", 48.208, 16.373),
    ("Hamburg", "DE", "Europe/Berlin", "EUR", 53.551, 9.994),
    ("Los Angeles", "US", "America/Los_Angeles", "USD", 34.052, -118.244),
    ("Dublin", "IE", "Europe/Dublin", "EUR", 53.350, -6.260),
    ("Munich", "DE", "Europe/Berlin", "EUR", 48.135, 11.582),
    ("Manchester", "GB", "Europe/London", "GBP", 53.481, -2.242),
    ("Boston", "US", "America/New_York", "USD", 42.360, -71.058),
    ("Cologne", "DE", "Europe/Berlin", "EUR", 50.938, 6.960),
    ("Birmingham", "GB", "Europe/London", "GBP", 52.486, -1.890),
    ("Seattle", "US", "America/Los_Angeles", "USD", 47.606, -122.332),
    ("Frankfurt", "DE", "Europe/Berlin", "EUR", 50.110, 8.682),
    ("Denver", "US", "America/Denver", "USD", 39.739, -104.990),
    ("Glasgow", "GB", "Europe/London", "GBP", 55.861, -4.250),
    ("Graz", "AT", "Europe/Vienna", "EUR", 47.071, 15.439),
    ("Leeds", "GB", "Europe/London", "GBP", 53.801, -1.549),
    ("Stuttgart", "DE", "Europe/Berlin", "EUR", 48.776, 9.183),
    ("Philadelphia", "US", "America/New_York", "USD", 39.953, -75.165),
    ("Edinburgh", "GB", "Europe/London", "GBP", 55.953, -3.188),
    ("Leipzig", "DE", "Europe/Berlin", "EUR", 51.340, 12.375),
    ("Cork", "IE", "Europe/Dublin", "EUR", 51.898, -8.475),
    ("Portland", "US", "America/Los_Angeles", "USD", 45.515, -122.678),
    ("Bristol", "GB", "Europe/London", "GBP", 51.455, -2.588),
    ("Linz", "AT", "Europe/Vienna", "EUR", 48.306, 14.286),
    ("Austin", "US", "America/Chicago", "USD", 30.267, -97.743),
    ("Galway", "IE", "Europe/Dublin", "EUR", 53.271, -9.057),
    ("Salzburg", "AT", "Europe/Vienna", "EUR", 47.810, 13.055),
    ("Dresden", "DE", "Europe/Berlin", "EUR", 51.050, 13.738),
    ("Cardiff", "GB", "Europe/London", "GBP", 51.482, -3.179),
];

//! Which addresses are public: those of machines anybody on the internet may reach. Everything else is refused, in
//! particular what only we can reach. From IANA's registries of special-purpose addresses; what they reserve is refused
//! even where they call it reachable, for no calendar lives there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of version 4 that are not public: address, bits.
const NOT_PUBLIC: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),        // this network
    ([10, 0, 0, 0], 8),       // private
    ([100, 64, 0, 0], 10),    // between carriers and their customers; metadata of one cloud
    ([127, 0, 0, 0], 8),      // this machine
    ([168, 63, 129, 16], 32), // services one cloud offers its machines
    ([169, 254, 0, 0], 16),   // this link; metadata of most clouds
    ([172, 16, 0, 0], 12),    // private
    ([192, 0, 0, 0], 24),     // assigned to protocols
    ([192, 0, 2, 0], 24),     // for documentation
    ([192, 31, 196, 0], 24),  // AS112
    ([192, 52, 193, 0], 24),  // AMT
    ([192, 88, 99, 0], 24),   // relays to version 6
    ([192, 168, 0, 0], 16),   // private
    ([192, 175, 48, 0], 24),  // AS112
    ([198, 18, 0, 0], 15),    // benches
    ([198, 51, 100, 0], 24),  // for documentation
    ([203, 0, 113, 0], 24),   // for documentation
    ([224, 0, 0, 0], 4),      // to many
    ([240, 0, 0, 0], 4),      // reserved, and everybody
];

/// Networks of version 6 that lie among the public ones and are not: first two groups, bits.
const SPECIAL: &[([u16; 2], u32)] = &[
    ([0x2001, 0x0000], 23), // protocols: Teredo, benches, ORCHID
    ([0x2001, 0x0db8], 32), // for documentation
    ([0x2002, 0x0000], 16), // 6to4: an address of version 4 in disguise
    ([0x2620, 0x004f], 32), // AS112
    ([0x3fff, 0x0000], 20), // for documentation
];

/// Whether anybody may reach the address.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

fn public_v4(address: Ipv4Addr) -> bool {
    let within = |(network, bits): &([u8; 4], u32)| {
        let shift = 32 - bits;
        address.to_bits() >> shift == Ipv4Addr::from(*network).to_bits() >> shift
    };
    !NOT_PUBLIC.iter().any(within)
}

/// Public addresses of version 6 begin with the bits 001. Loopback, mapped and translated addresses of version 4,
/// private, link-local, site-local and multicast ones all begin otherwise.
fn public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let first = u32::from(segments[0]) << 16 | u32::from(segments[1]);
    let within = |(network, bits): &([u16; 2], u32)| {
        let shift = 32 - bits;
        first >> shift == (u32::from(network[0]) << 16 | u32::from(network[1])) >> shift
    };
    segments[0] >> 13 == 0b001 && !SPECIAL.iter().any(within)
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn the_edges_of_networks_are_where_they_should_be() {
        for inside in [
            "0.0.0.0",
            "0.255.255.255",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.255.255.255",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.255",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.255.255",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.9",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:20::1",
            "2001:1ff:ffff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff:fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "168.63.129.17",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2003::1",
            "2606:4700::1111",
            "3fff:1000::1",
        ] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
    }
}

// Searches for counters whose hash may be small enough: one invocation hashes one counter.
//
// A 64-bit lane is a vec2<u32>, its low word in x. Lanes are named, never indexed, so that all of them stay in
// registers; functions are inlined by every compiler of this language, and what nobody reads is left out by it. That is
// how the last two rounds come down to the few words that decide. Compiled, a hash takes 4,069 operations on hardware
// with logic of three inputs and funnel shifts: tests/operations counts them.

struct State {
    a00: vec2<u32>, a01: vec2<u32>, a02: vec2<u32>, a03: vec2<u32>, a04: vec2<u32>,
    a05: vec2<u32>, a06: vec2<u32>, a07: vec2<u32>, a08: vec2<u32>, a09: vec2<u32>,
    a10: vec2<u32>, a11: vec2<u32>, a12: vec2<u32>, a13: vec2<u32>, a14: vec2<u32>,
    a15: vec2<u32>, a16: vec2<u32>, a17: vec2<u32>, a18: vec2<u32>, a19: vec2<u32>,
    a20: vec2<u32>, a21: vec2<u32>, a22: vec2<u32>, a23: vec2<u32>, a24: vec2<u32>,
}

// The constants of three rounds.
struct ThreeRounds {
    first: vec2<u32>,
    second: vec2<u32>,
    @size(16) third: vec2<u32>,
}

struct Query {
    // Round 1 up to χ at counter 0, two lanes in each.
    before_chi: array<vec4<u32>, 13>,
    // Of rounds 2 to 22.
    constants: array<ThreeRounds, 7>,
    // The counter of the first invocation.
    start: vec2<u32>,
    // The largest value of the hash's first 8 bytes that is worth a look, the low word in x.
    bound: vec2<u32>,
    // Bits 13 to 31 of the hash's lane 0 that are zero wherever the bound is kept.
    filter_bits: u32,
}

struct Found {
    // How many there were; more than fit are counted and left out.
    count: atomic<u32>,
    // How far each is from the start.
    offsets: array<u32, CAPACITY>,
}

@group(0) @binding(0) var<uniform> query: Query;
@group(0) @binding(1) var<storage, read_write> found: Found;

const CAPACITY = 255u;
const WORKGROUP = 64u;
const ROUND_1 = vec2(0x00000001u, 0x00000000u);
const ROUND_23 = vec2(0x80000001u, 0x00000000u);
const ROUND_24 = vec2(0x80008008u, 0x80000000u);

@compute @workgroup_size(WORKGROUP)
fn search(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(num_workgroups) workgroups: vec3<u32>,
) {
    let offset = id.x + id.y * workgroups.x * WORKGROUP;
    let low = query.start.x + offset;
    let carry = select(0u, 1u, low < offset);
    let counter = vec2(low, query.start.y + carry);
    if passes_filter(counter) && keeps_bound(lane_0(counter)) {
        let place = atomicAdd(&found.count, 1u);
        if place < CAPACITY {
            found.offsets[place] = offset;
        }
    }
}

// Bits 13 to 31 of lane 0, as far as the filter asks for them. They depend on the high words of lanes 6 and 12 alone,
// and on no bit that θ's rotation carries from one word into the other.
fn passes_filter(counter: vec2<u32>) -> bool {
    if query.filter_bits == 0u {
        return true;
    }
    let a = round(rounds_1_to_22(counter), ROUND_23);
    let c0 = a.a00.y ^ a.a05.y ^ a.a10.y ^ a.a15.y ^ a.a20.y;
    let c1_low = a.a01.x ^ a.a06.x ^ a.a11.x ^ a.a16.x ^ a.a21.x;
    let c1 = a.a01.y ^ a.a06.y ^ a.a11.y ^ a.a16.y ^ a.a21.y;
    let c2 = a.a02.y ^ a.a07.y ^ a.a12.y ^ a.a17.y ^ a.a22.y;
    let c3 = a.a03.y ^ a.a08.y ^ a.a13.y ^ a.a18.y ^ a.a23.y;
    let c4_low = a.a04.x ^ a.a09.x ^ a.a14.x ^ a.a19.x ^ a.a24.x;
    let b0 = a.a00.x ^ c4_low ^ (c1_low << 1u);
    let b1 = (a.a06.y ^ c0 ^ (c2 << 1u)) << 12u;
    let b2 = (a.a12.y ^ c1 ^ (c3 << 1u)) << 11u;
    return ((b0 ^ (~b1 & b2) ^ ROUND_24.x) & query.filter_bits) == 0u;
}

// Lane 0 of the hash, exactly.
fn lane_0(counter: vec2<u32>) -> vec2<u32> {
    let b = theta_rho_pi(round(rounds_1_to_22(counter), ROUND_23));
    return b.a00 ^ (~b.a01 & b.a02) ^ ROUND_24;
}

// The hash begins with the lane's lowest byte.
fn keeps_bound(lane: vec2<u32>) -> bool {
    let high = swap_bytes(lane.x);
    let low = swap_bytes(lane.y);
    return high < query.bound.y || (high == query.bound.y && low <= query.bound.x);
}

fn swap_bytes(word: u32) -> u32 {
    return (word << 24u) | ((word & 0xff00u) << 8u) | ((word >> 8u) & 0xff00u) | (word >> 24u);
}

fn rounds_1_to_22(counter: vec2<u32>) -> State {
    var a = round_1(counter);
    for (var i = 0u; i < 7u; i++) {
        a = round(a, query.constants[i].first);
        a = round(a, query.constants[i].second);
        a = round(a, query.constants[i].third);
    }
    return a;
}

// The counter is lane 9 with bytes 1 and 4 swapped, and reaches these eleven lanes.
fn round_1(counter: vec2<u32>) -> State {
    let lane = vec2(
        (counter.x & 0xffff00ffu) | ((counter.y & 0xffu) << 8u),
        (counter.y & 0xffffff00u) | ((counter.x >> 8u) & 0xffu),
    );
    let b00_01 = query.before_chi[0];
    let b02_03 = query.before_chi[1];
    let b04_05 = query.before_chi[2];
    let b06_07 = query.before_chi[3];
    let b08_09 = query.before_chi[4];
    let b10_11 = query.before_chi[5];
    let b12_13 = query.before_chi[6];
    let b14_15 = query.before_chi[7];
    let b16_17 = query.before_chi[8];
    let b18_19 = query.before_chi[9];
    let b20_21 = query.before_chi[10];
    let b22_23 = query.before_chi[11];
    let b24 = query.before_chi[12];
    return chi_iota(State(
        b00_01.xy ^ lane, b00_01.zw, b02_03.xy, b02_03.zw ^ rotate(lane, 22u), b04_05.xy,
        b04_05.zw ^ rotate(lane, 29u), b06_07.xy ^ rotate(lane, 20u), b06_07.zw ^ rotate(lane, 3u),
        b08_09.xy, b08_09.zw,
        b10_11.xy, b10_11.zw, b12_13.xy ^ rotate(lane, 26u), b12_13.zw, b14_15.xy ^ rotate(lane, 18u),
        b14_15.zw, b16_17.xy ^ rotate(lane.yx, 4u), b16_17.zw, b18_19.xy, b18_19.zw ^ rotate(lane.yx, 25u),
        b20_21.xy, b20_21.zw ^ rotate(lane.yx, 24u), b22_23.xy, b22_23.zw ^ rotate(lane.yx, 9u), b24.xy,
    ), ROUND_1);
}

fn round(a: State, constant: vec2<u32>) -> State {
    return chi_iota(theta_rho_pi(a), constant);
}

fn theta_rho_pi(a: State) -> State {
    let c0 = a.a00 ^ a.a05 ^ a.a10 ^ a.a15 ^ a.a20;
    let c1 = a.a01 ^ a.a06 ^ a.a11 ^ a.a16 ^ a.a21;
    let c2 = a.a02 ^ a.a07 ^ a.a12 ^ a.a17 ^ a.a22;
    let c3 = a.a03 ^ a.a08 ^ a.a13 ^ a.a18 ^ a.a23;
    let c4 = a.a04 ^ a.a09 ^ a.a14 ^ a.a19 ^ a.a24;
    let d0 = c4 ^ rotate(c1, 1u);
    let d1 = c0 ^ rotate(c2, 1u);
    let d2 = c1 ^ rotate(c3, 1u);
    let d3 = c2 ^ rotate(c4, 1u);
    let d4 = c3 ^ rotate(c0, 1u);
    // Rotations by more than 32 swap the words first.
    return State(
        a.a00 ^ d0,
        rotate((a.a06 ^ d1).yx, 12u),
        rotate((a.a12 ^ d2).yx, 11u),
        rotate(a.a18 ^ d3, 21u),
        rotate(a.a24 ^ d4, 14u),
        rotate(a.a03 ^ d3, 28u),
        rotate(a.a09 ^ d4, 20u),
        rotate(a.a10 ^ d0, 3u),
        rotate((a.a16 ^ d1).yx, 13u),
        rotate((a.a22 ^ d2).yx, 29u),
        rotate(a.a01 ^ d1, 1u),
        rotate(a.a07 ^ d2, 6u),
        rotate(a.a13 ^ d3, 25u),
        rotate(a.a19 ^ d4, 8u),
        rotate(a.a20 ^ d0, 18u),
        rotate(a.a04 ^ d4, 27u),
        rotate((a.a05 ^ d0).yx, 4u),
        rotate(a.a11 ^ d1, 10u),
        rotate(a.a17 ^ d2, 15u),
        rotate((a.a23 ^ d3).yx, 24u),
        rotate((a.a02 ^ d2).yx, 30u),
        rotate((a.a08 ^ d3).yx, 23u),
        rotate((a.a14 ^ d4).yx, 7u),
        rotate((a.a15 ^ d0).yx, 9u),
        rotate(a.a21 ^ d1, 2u),
    );
}

fn chi_iota(b: State, constant: vec2<u32>) -> State {
    return State(
        b.a00 ^ (~b.a01 & b.a02) ^ constant,
        b.a01 ^ (~b.a02 & b.a03),
        b.a02 ^ (~b.a03 & b.a04),
        b.a03 ^ (~b.a04 & b.a00),
        b.a04 ^ (~b.a00 & b.a01),
        b.a05 ^ (~b.a06 & b.a07),
        b.a06 ^ (~b.a07 & b.a08),
        b.a07 ^ (~b.a08 & b.a09),
        b.a08 ^ (~b.a09 & b.a05),
        b.a09 ^ (~b.a05 & b.a06),
        b.a10 ^ (~b.a11 & b.a12),
        b.a11 ^ (~b.a12 & b.a13),
        b.a12 ^ (~b.a13 & b.a14),
        b.a13 ^ (~b.a14 & b.a10),
        b.a14 ^ (~b.a10 & b.a11),
        b.a15 ^ (~b.a16 & b.a17),
        b.a16 ^ (~b.a17 & b.a18),
        b.a17 ^ (~b.a18 & b.a19),
        b.a18 ^ (~b.a19 & b.a15),
        b.a19 ^ (~b.a15 & b.a16),
        b.a20 ^ (~b.a21 & b.a22),
        b.a21 ^ (~b.a22 & b.a23),
        b.a22 ^ (~b.a23 & b.a24),
        b.a23 ^ (~b.a24 & b.a20),
        b.a24 ^ (~b.a20 & b.a21),
    );
}

// Rotates left by `bits`, 1 to 31.
fn rotate(lane: vec2<u32>, bits: u32) -> vec2<u32> {
    return (lane << vec2(bits)) | (lane.yx >> vec2(32u - bits));
}

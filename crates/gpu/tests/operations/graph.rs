//! What one invocation computes, as a graph of 32-bit operations, and how many instructions that is on a GPU.

use std::collections::{HashMap, HashSet};

/// A value by its place in the graph.
pub(crate) type Node = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    Constant(u32),
    /// From outside, by number: the same for all invocations, or not.
    Input {
        number: u32,
        varying: bool,
    },
    Xor,
    And,
    Or,
    Not,
    ShiftLeft,
    ShiftRight,
    Add,
    Sub,
    Mul,
    Select,
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug)]
struct Entry {
    op: Op,
    arguments: Vec<Node>,
    value: u32,
    varying: bool,
}

/// Every value is computed, too: the graph is of one run with real numbers.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    entries: Vec<Entry>,
    known: HashMap<(Op, Vec<Node>), Node>,
}

/// Instructions of one invocation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// Logic of up to three inputs.
    pub(crate) logic: usize,
    /// Shifts of two words into one.
    pub(crate) funnel_shifts: usize,
    pub(crate) others: usize,
}

impl Count {
    pub(crate) fn total(&self) -> usize {
        self.logic + self.funnel_shifts + self.others
    }
}

impl Graph {
    pub(crate) fn constant(&mut self, value: u32) -> Node {
        self.add(Op::Constant(value), Vec::new(), value, false)
    }

    pub(crate) fn input(&mut self, number: u32, varying: bool, value: u32) -> Node {
        self.add(Op::Input { number, varying }, Vec::new(), value, varying)
    }

    pub(crate) fn value(&self, node: Node) -> u32 {
        self.entries[node].value
    }

    pub(crate) fn is_varying(&self, node: Node) -> bool {
        self.entries[node].varying
    }

    pub(crate) fn compute(&mut self, op: Op, arguments: Vec<Node>) -> Node {
        let values: Vec<u32> = arguments.iter().map(|node| self.value(*node)).collect();
        let value = evaluate(op, &values);
        let constant = |node: &Node| matches!(self.entries[*node].op, Op::Constant(_));
        if arguments.iter().all(constant) {
            return self.constant(value);
        }
        let varying = arguments.iter().any(|node| self.is_varying(*node));
        self.add(op, arguments, value, varying)
    }

    fn add(&mut self, op: Op, arguments: Vec<Node>, value: u32, varying: bool) -> Node {
        let entries = &mut self.entries;
        *self
            .known
            .entry((op, arguments.clone()))
            .or_insert_with(|| {
                entries.push(Entry {
                    op,
                    arguments,
                    value,
                    varying,
                });
                entries.len() - 1
            })
    }

    /// Instructions that `roots` take, on hardware with logic of three inputs and funnel shifts. What is the same for
    /// all invocations is computed once for all, and not counted.
    pub(crate) fn count(&self, roots: &[Node]) -> Count {
        // θ adds the same sum, one word of it rotated, to five lanes: either it is made once for all, or on the way of
        // each, whatever is less.
        let theta: HashSet<Node> = (0..self.entries.len())
            .filter(|node| self.is_logic(*node))
            .filter(|node| {
                let mut arguments = self.entries[*node].arguments.iter();
                arguments.any(|argument| self.funnel(*argument).is_some())
            })
            .collect();
        let covers = [HashSet::new(), theta].map(|inlined| self.cover(roots, &inlined));
        let [once, each] = covers;
        if once.total() <= each.total() {
            once
        } else {
            each
        }
    }

    fn cover(&self, roots: &[Node], inlined: &HashSet<Node>) -> Count {
        let readers = self.readers(roots);
        let mut count = Count {
            logic: 0,
            funnel_shifts: 0,
            others: 0,
        };
        let mut wanted = roots.to_vec();
        let mut made = HashSet::new();
        while let Some(node) = wanted.pop() {
            if !self.costs(node) || !made.insert(node) {
                continue;
            }
            if let Some(words) = self.funnel(node) {
                count.funnel_shifts += 1;
                wanted.extend(words);
            } else if self.is_logic(node) {
                count.logic += 1;
                wanted.extend(self.three_inputs(node, &readers, inlined));
            } else {
                count.others += 1;
                wanted.extend(&self.entries[node].arguments);
            }
        }
        count
    }

    /// What an instruction of three inputs that ends in `node` reads: logic that nobody else reads is part of it.
    fn three_inputs(
        &self,
        node: Node,
        readers: &HashMap<Node, usize>,
        inlined: &HashSet<Node>,
    ) -> HashSet<Node> {
        let mut inputs: HashSet<Node> = self.entries[node].arguments.iter().copied().collect();
        loop {
            let mut choices: Vec<Node> = inputs.iter().copied().collect();
            choices.sort_unstable();
            let next = choices.into_iter().rev().find_map(|input| {
                let free = self.entries[input].op == Op::Not
                    || readers.get(&input) == Some(&1)
                    || inlined.contains(&input);
                if !(free && self.costs(input) && self.is_logic(input)) {
                    return None;
                }
                let mut without = inputs.clone();
                without.remove(&input);
                without.extend(&self.entries[input].arguments);
                (without.len() <= 3).then_some(without)
            });
            match next {
                Some(more) => inputs = more,
                None => return inputs,
            }
        }
    }

    /// How many live values read each value.
    fn readers(&self, roots: &[Node]) -> HashMap<Node, usize> {
        let mut readers = HashMap::new();
        let mut live = HashSet::new();
        let mut wanted = roots.to_vec();
        while let Some(node) = wanted.pop() {
            if live.insert(node) {
                for argument in &self.entries[node].arguments {
                    *readers.entry(*argument).or_insert(0) += 1;
                    wanted.push(*argument);
                }
            }
        }
        readers
    }

    fn costs(&self, node: Node) -> bool {
        let Entry { op, varying, .. } = &self.entries[node];
        *varying && !matches!(op, Op::Input { .. } | Op::Constant(_))
    }

    fn is_logic(&self, node: Node) -> bool {
        matches!(self.entries[node].op, Op::Xor | Op::And | Op::Or | Op::Not)
            && self.funnel(node).is_none()
    }

    /// The two words of `a << n | b >> (32 - n)`.
    fn funnel(&self, node: Node) -> Option<[Node; 2]> {
        let Entry { op, arguments, .. } = &self.entries[node];
        let &[left, right] = arguments.as_slice() else {
            return None;
        };
        let (left, right) = (&self.entries[left], &self.entries[right]);
        let shifts = (*op, left.op, right.op) == (Op::Or, Op::ShiftLeft, Op::ShiftRight);
        let whole = || self.value(left.arguments[1]) + self.value(right.arguments[1]) == 32;
        (shifts && whole()).then(|| [left.arguments[0], right.arguments[0]])
    }
}

fn evaluate(op: Op, values: &[u32]) -> u32 {
    match (op, values) {
        (Op::Xor, [a, b]) => a ^ b,
        (Op::And, [a, b]) => a & b,
        (Op::Or, [a, b]) => a | b,
        // Booleans are words of all zeros or all ones.
        (Op::Not, [a]) => !a,
        (Op::ShiftLeft, [a, b]) => a.wrapping_shl(*b),
        (Op::ShiftRight, [a, b]) => a.wrapping_shr(*b),
        (Op::Add, [a, b]) => a.wrapping_add(*b),
        (Op::Sub, [a, b]) => a.wrapping_sub(*b),
        (Op::Mul, [a, b]) => a.wrapping_mul(*b),
        (Op::Select, [choice, a, b]) => *if *choice == 0 { b } else { a },
        (Op::Equal, [a, b]) => truth(a == b),
        (Op::Less, [a, b]) => truth(a < b),
        (Op::LessOrEqual, [a, b]) => truth(a <= b),
        (Op::Greater, [a, b]) => truth(a > b),
        (Op::GreaterOrEqual, [a, b]) => truth(a >= b),
        other => panic!("{other:?}"),
    }
}

/// A boolean as the word it is here.
pub(crate) fn truth(is: bool) -> u32 {
    if is { u32::MAX } else { 0 }
}

//! Runs one invocation of a SPIR-V module, as far as the kernel needs it, into a graph.

use crate::graph::{Graph, Node, Op, truth};
use std::collections::HashMap;

/// A SPIR-V value: a word, or what is made of others.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Word(Node),
    Parts(Vec<Value>),
}

impl Value {
    pub(crate) fn word(&self) -> Node {
        match self {
            Self::Word(node) => *node,
            Self::Parts(parts) => panic!("{parts:?} is no word"),
        }
    }

    fn parts(&self) -> &[Value] {
        match self {
            Self::Parts(parts) => parts,
            Self::Word(node) => panic!("word {node} has no parts"),
        }
    }

    fn at(&self, path: &[usize]) -> &Value {
        path.iter()
            .fold(self, |value, index| &value.parts()[*index])
    }

    fn at_mut(&mut self, path: &[usize]) -> &mut Value {
        path.iter().fold(self, |value, index| match value {
            Self::Parts(parts) => &mut parts[*index],
            Self::Word(node) => panic!("word {node} has no parts"),
        })
    }
}

/// An instruction: its code and operands.
type Instruction = (u16, Vec<u32>);

/// A module, ready to run.
pub(crate) struct Module {
    instructions: Vec<Instruction>,
    /// Where each function begins, and each label.
    places: HashMap<u32, usize>,
    /// The variables that hold built-in values, by SPIR-V's number of the built-in.
    builtins: HashMap<u32, u32>,
    entry: u32,
}

/// A run of one invocation.
pub(crate) struct Run<'a> {
    module: &'a Module,
    pub(crate) graph: Graph,
    /// Conditions that differ between invocations.
    pub(crate) decisions: Vec<Node>,
    /// Whether a find was reported.
    pub(crate) reported: bool,
    global: HashMap<u32, Value>,
}

/// A call's own values and where its pointers point.
#[derive(Default)]
struct Frame {
    values: HashMap<u32, Value>,
    memory: HashMap<u32, Value>,
    pointers: HashMap<u32, (u32, Vec<usize>)>,
}

const GLOBAL_INVOCATION_ID: u32 = 28;
const NUM_WORKGROUPS: u32 = 24;

impl Module {
    pub(crate) fn new(words: &[u32]) -> Self {
        let mut instructions = Vec::new();
        let mut rest = &words[5..];
        while let Some(first) = rest.first() {
            let (length, code) = (usize::try_from(first >> 16).unwrap(), first & 0xffff);
            instructions.push((u16::try_from(code).unwrap(), rest[1..length].to_vec()));
            rest = &rest[length..];
        }
        let mut module = Self {
            instructions: Vec::new(),
            places: HashMap::new(),
            builtins: HashMap::new(),
            entry: 0,
        };
        for (place, (code, operands)) in instructions.iter().enumerate() {
            match code {
                // OpEntryPoint
                15 => module.entry = operands[1],
                // OpFunction
                54 => drop(module.places.insert(operands[1], place)),
                // OpLabel
                248 => drop(module.places.insert(operands[0], place)),
                // OpDecorate … BuiltIn
                71 if operands[1] == 11 => drop(module.builtins.insert(operands[2], operands[0])),
                _ => {}
            }
        }
        module.instructions = instructions;
        module
    }
}

impl<'a> Run<'a> {
    /// Runs the invocation `index` on the query whose words these are: 13 × 4, 7 × 8, 2, 2, 1.
    pub(crate) fn new(module: &'a Module, query: &[u32], index: u32) -> Self {
        let mut run = Self {
            module,
            graph: Graph::default(),
            decisions: Vec::new(),
            reported: false,
            global: HashMap::new(),
        };
        let mut number = 0;
        let mut input = |run: &mut Self, varying, value| {
            number += 1;
            Value::Word(run.graph.input(number, varying, value))
        };
        let words: Vec<Value> = query
            .iter()
            .map(|word| input(&mut run, false, *word))
            .collect();
        let rounds = words[52..108].chunks(8);
        let rounds = rounds.map(|three| group(&three[..6], 2));
        let query = Value::Parts(vec![
            group(&words[..52], 4),
            Value::Parts(rounds.collect()),
            Value::Parts(words[108..110].to_vec()),
            Value::Parts(words[110..112].to_vec()),
            words[112].clone(),
        ]);
        let id = [
            input(&mut run, true, index),
            input(&mut run, true, 0),
            input(&mut run, true, 0),
        ];
        let workgroups = [1024, 1, 1].map(|count| input(&mut run, false, count));
        for (builtin, value) in [(GLOBAL_INVOCATION_ID, id), (NUM_WORKGROUPS, workgroups)] {
            let variable = module.builtins[&builtin];
            run.global.insert(variable, Value::Parts(value.to_vec()));
        }
        run.start(&query);
        run
    }

    fn start(&mut self, query: &Value) {
        let mut frame = Frame::default();
        for (code, operands) in &self.module.instructions {
            match code {
                // OpConstantTrue, OpConstantFalse
                41 | 42 => self.constant(operands[1], truth(*code == 41)),
                // OpConstant
                43 => self.constant(operands[1], operands[2]),
                // OpConstantComposite
                44 => {
                    let parts = operands[2..].iter().map(|id| self.global[id].clone());
                    let parts = Value::Parts(parts.collect());
                    self.global.insert(operands[1], parts);
                }
                // OpVariable in the class Uniform: the query, in a structure of its own
                59 if operands[2] == 2 => {
                    let wrapped = Value::Parts(vec![query.clone()]);
                    self.global.insert(operands[1], wrapped);
                }
                // OpFunction
                54 => break,
                _ => {}
            }
        }
        self.call(self.module.entry, &mut frame, &[]);
    }

    fn constant(&mut self, id: u32, value: u32) {
        let node = self.graph.constant(value);
        self.global.insert(id, Value::Word(node));
    }

    fn call(&mut self, function: u32, frame: &mut Frame, arguments: &[Value]) -> Option<Value> {
        let module = self.module;
        let mut place = module.places[&function];
        let mut arguments = arguments.iter();
        loop {
            place += 1;
            let (code, operands) = &module.instructions[place];
            let o = operands.as_slice();
            match code {
                // OpFunctionParameter
                55 => drop(frame.values.insert(o[1], arguments.next()?.clone())),
                // OpBranch
                249 => place = module.places[&o[0]],
                // OpBranchConditional
                250 => {
                    let condition = self.value(frame, o[0]).word();
                    if self.graph.is_varying(condition) {
                        self.decisions.push(condition);
                    }
                    let target = if self.graph.value(condition) == 0 {
                        o[2]
                    } else {
                        o[1]
                    };
                    place = module.places[&target];
                }
                // OpReturn, OpReturnValue
                253 => return None,
                254 => return Some(self.value(frame, o[0])),
                // OpFunctionCall
                57 => {
                    let given: Vec<Value> =
                        o[3..].iter().map(|id| self.value(frame, *id)).collect();
                    if let Some(value) = self.call(o[2], &mut Frame::default(), &given) {
                        frame.values.insert(o[1], value);
                    }
                }
                // OpAtomicIAdd: a find is counted, and all else about it is not the kernel's arithmetic.
                234 => {
                    self.reported = true;
                    return None;
                }
                _ => self.step(frame, *code, o),
            }
        }
    }

    /// An instruction that goes on to the next.
    fn step(&mut self, frame: &mut Frame, code: u16, o: &[u32]) {
        match code {
            // OpLabel, OpLoopMerge, OpSelectionMerge, OpLine, OpNoLine
            248 | 246 | 247 | 8 | 317 => {}
            // OpVariable: what is not of a word's size begins as zero, and is written whole before it is read.
            59 => {
                let initial = o.get(3).and_then(|id| self.global.get(id));
                if let Some(initial) = initial {
                    frame.memory.insert(o[1], initial.clone());
                }
            }
            // OpAccessChain
            65 => {
                let (base, mut path) = Self::pointer(frame, o[2]);
                let indices = o[3..].iter().map(|id| self.value(frame, *id).word());
                let indices: Vec<Node> = indices.collect();
                path.extend(
                    indices
                        .iter()
                        .map(|node| usize::try_from(self.graph.value(*node)).unwrap()),
                );
                frame.pointers.insert(o[1], (base, path));
            }
            // OpLoad
            61 => {
                let (base, path) = Self::pointer(frame, o[2]);
                let memory = frame.memory.get(&base).or_else(|| self.global.get(&base));
                // What the kernel writes for others is not read back.
                if let Some(memory) = memory {
                    let value = memory.at(&path).clone();
                    frame.values.insert(o[1], value);
                }
            }
            // OpStore
            62 => {
                let (base, path) = Self::pointer(frame, o[0]);
                let value = self.value(frame, o[1]);
                match frame.memory.get_mut(&base) {
                    Some(memory) => *memory.at_mut(&path) = value,
                    None => drop(frame.memory.insert(base, value)),
                }
            }
            _ => {
                let value = self.compute(frame, code, &o[2..]);
                frame.values.insert(o[1], value);
            }
        }
    }

    fn compute(&mut self, frame: &Frame, code: u16, o: &[u32]) -> Value {
        match code {
            // OpVectorShuffle
            79 => {
                let both = [self.value(frame, o[0]), self.value(frame, o[1])];
                let parts: Vec<Value> = both.iter().flat_map(|it| it.parts().to_vec()).collect();
                let pick = |index: &u32| parts[usize::try_from(*index).unwrap()].clone();
                Value::Parts(o[2..].iter().map(pick).collect())
            }
            // OpCompositeConstruct
            80 => Value::Parts(o.iter().map(|id| self.value(frame, *id)).collect()),
            // OpCompositeExtract
            81 => {
                let path: Vec<usize> = o[1..]
                    .iter()
                    .map(|i| usize::try_from(*i).unwrap())
                    .collect();
                self.value(frame, o[0]).at(&path).clone()
            }
            _ => {
                let arguments: Vec<Value> = o.iter().map(|id| self.value(frame, *id)).collect();
                self.elementwise(operation(code), &arguments)
            }
        }
    }

    fn elementwise(&mut self, op: Op, arguments: &[Value]) -> Value {
        if let Value::Parts(first) = &arguments[0] {
            let parts = (0..first.len()).map(|i| {
                let arguments: Vec<Value> =
                    arguments.iter().map(|it| it.at(&[i]).clone()).collect();
                self.elementwise(op, &arguments)
            });
            return Value::Parts(parts.collect());
        }
        let arguments = arguments.iter().map(Value::word).collect();
        Value::Word(self.graph.compute(op, arguments))
    }

    fn value(&self, frame: &Frame, id: u32) -> Value {
        let value = frame.values.get(&id).or_else(|| self.global.get(&id));
        value
            .unwrap_or_else(|| panic!("%{id} has no value"))
            .clone()
    }

    fn pointer(frame: &Frame, id: u32) -> (u32, Vec<usize>) {
        let pointer = frame.pointers.get(&id);
        pointer.cloned().unwrap_or((id, Vec::new()))
    }
}

/// `words` in groups of `size`.
fn group(words: &[Value], size: usize) -> Value {
    let groups = words.chunks(size).map(<[_]>::to_vec);
    Value::Parts(groups.map(Value::Parts).collect())
}

/// SPIR-V's instructions on words, by their numbers.
fn operation(code: u16) -> Op {
    match code {
        128 => Op::Add,
        130 => Op::Sub,
        132 => Op::Mul,
        166 | 197 => Op::Or,
        167 | 199 => Op::And,
        168 | 200 => Op::Not,
        169 => Op::Select,
        164 | 170 => Op::Equal,
        172 => Op::Greater,
        174 => Op::GreaterOrEqual,
        176 => Op::Less,
        178 => Op::LessOrEqual,
        194 => Op::ShiftRight,
        196 => Op::ShiftLeft,
        198 => Op::Xor,
        other => panic!("instruction {other} is not expected in the kernel"),
    }
}

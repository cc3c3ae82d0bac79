//! Makes a wasm module count the instructions that it executes, exactly.

use std::mem;
use walrus::{
    ConstExpr, GlobalId, Module, ValType,
    ir::{BinaryOp, Binop, Const, GlobalGet, GlobalSet, Instr, InstrLocId, InstrSeqId, Value},
};

/// The global, 64 bits wide, in which it counts.
const METER: &str = "executed";

/// `module` with a meter, or why it was not understood. Where nothing branches, instructions are counted together
/// before the first of them.
pub(super) fn install(module: &[u8]) -> Result<Vec<u8>, String> {
    let mut module = Module::from_buffer(module).map_err(|error| format!("{error:#}"))?;
    let zero = ConstExpr::Value(Value::I64(0));
    let meter = module.globals.add_local(ValType::I64, true, false, zero);
    module.exports.add(METER, meter);
    for (_, function) in module.funcs.iter_local_mut() {
        let mut waiting = vec![function.entry_block()];
        while let Some(sequence) = waiting.pop() {
            let instructions = &mut function.block_mut(sequence).instrs;
            for run in mem::take(instructions).split_inclusive(|(last, _)| ends_run(last)) {
                let length = run.iter().filter(|(one, _)| is_executed(one)).count();
                let count = count(meter, length).map(|one| (one, InstrLocId::default()));
                instructions.extend(count);
                instructions.extend_from_slice(run);
                waiting.extend(run.iter().flat_map(|(one, _)| inside(one)));
            }
        }
    }
    Ok(module.emit_wasm())
}

/// `meter += length`
fn count(meter: GlobalId, length: usize) -> [Instr; 4] {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    [
        Instr::GlobalGet(GlobalGet { global: meter }),
        Instr::Const(Const {
            value: Value::I64(length),
        }),
        Instr::Binop(Binop {
            op: BinaryOp::I64Add,
        }),
        Instr::GlobalSet(GlobalSet { global: meter }),
    ]
}

/// Whether what stands after it may be skipped.
fn ends_run(instruction: &Instr) -> bool {
    matches!(
        instruction,
        Instr::Block(_)
            | Instr::Loop(_)
            | Instr::IfElse(_)
            | Instr::Br(_)
            | Instr::BrIf(_)
            | Instr::BrTable(_)
            | Instr::Return(_)
            | Instr::Unreachable(_)
    )
}

/// Whether it does anything: blocks and loops are only where branches lead.
fn is_executed(instruction: &Instr) -> bool {
    !matches!(instruction, Instr::Block(_) | Instr::Loop(_))
}

/// The sequences that it holds.
fn inside(instruction: &Instr) -> Vec<InstrSeqId> {
    match instruction {
        Instr::Block(block) => vec![block.seq],
        Instr::Loop(body) => vec![body.seq],
        Instr::IfElse(branch) => vec![branch.consequent, branch.alternative],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{METER, install};
    use walrus::{FunctionBuilder, Module, ValType, ir::Instr};

    /// A module with one function, which adds 1 to its argument, or returns early where that is zero.
    fn module() -> Vec<u8> {
        let mut module = Module::default();
        let argument = module.locals.add(ValType::I32);
        let mut function =
            FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        function
            .func_body()
            .local_get(argument)
            .if_else(
                None,
                |_| {},
                |otherwise| {
                    otherwise.i32_const(7).return_();
                },
            )
            .local_get(argument)
            .i32_const(1)
            .binop(walrus::ir::BinaryOp::I32Add);
        let function = function.finish(vec![argument], &mut module.funcs);
        module.exports.add("f", function);
        module.emit_wasm()
    }

    #[test]
    fn every_way_through_a_function_is_counted() {
        let metered = install(&module()).unwrap();
        let module = Module::from_buffer(&metered).unwrap();
        assert!(module.exports.iter().any(|export| export.name == METER));
        let (_, function) = module.funcs.iter_local().next().unwrap();
        let counted = |sequence| {
            let instructions = &function.block(sequence).instrs;
            let lengths = instructions.iter().filter_map(|(one, _)| match one {
                Instr::Const(constant) => match constant.value {
                    walrus::ir::Value::I64(length) => Some(length),
                    _ => None,
                },
                _ => None,
            });
            lengths.collect::<Vec<_>>()
        };
        let body = function.entry_block();
        // The argument and the branch; then what follows it.
        assert_eq!(counted(body), [2, 3]);
        let branch = function
            .block(body)
            .instrs
            .iter()
            .find_map(|(one, _)| match one {
                Instr::IfElse(branch) => Some(branch.alternative),
                _ => None,
            });
        assert_eq!(counted(branch.unwrap()), [2]);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(install(b"nonsense").is_err());
    }
}

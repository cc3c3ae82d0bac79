//! Splits the page's module in two: what shows the page and starts mining, and the rest, which is loaded later.
//!
//! Both halves share the memory, the stack and the table of functions, so that nothing in the program knows of them but
//! the functions where it is cut: the first half has a way through the table in their place. Whoever calls one must know
//! that the rest is there.

mod reach;

use reach::Reached;
use std::{collections::BTreeMap, ops::Range};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalKind, ImportKind, Module, TableId, ir::Value,
};

/// Why a module could not be split.
pub(crate) type Unclear = Box<dyn std::error::Error>;

/// The module that the rest imports memory, tables and globals from: the first half.
const PAGE: &str = "page";

/// The two halves, neither optimised.
pub(crate) struct Halves {
    pub(crate) first: Vec<u8>,
    pub(crate) rest: Vec<u8>,
}

/// Splits `bound`, which wasm-bindgen made of `compiled`, at the functions with these paths. `mark` is what tells halves
/// that belong together from others.
///
/// # Errors
/// What was not found or not understood.
pub(crate) fn split(
    compiled: &[u8],
    bound: &[u8],
    cuts: &[&str],
    mark: &str,
) -> Result<Halves, Unclear> {
    let reached = Reached::read(compiled, cuts)?;
    let half = |make: fn(&Plan, Module, &str) -> Result<Vec<u8>, Unclear>| {
        let mut module = Module::from_buffer(bound)?;
        let plan = Plan::new(&module, &reached)?;
        let is_linkers = |name: &str| name == "linking" || name.starts_with("reloc.");
        let customs = module.customs.iter();
        let linkers = customs.filter(|(_, section)| is_linkers(section.name()));
        for id in linkers.map(|(id, _)| id).collect::<Vec<_>>() {
            module.customs.delete(id);
        }
        for function in module.funcs.iter_mut() {
            let name = function.name.as_deref().map(rustc_demangle::demangle);
            function.name = name.map(|name| name.to_string());
        }
        make(&plan, module, mark)
    };
    Ok(Halves {
        first: half(Plan::first)?,
        rest: half(Plan::rest)?,
    })
}

/// What becomes of a module's parts.
struct Plan {
    /// The table of functions.
    table: TableId,
    /// How long the table is.
    slots: u64,
    /// The functions in the table that only the rest needs, by their places.
    moved: BTreeMap<u64, FunctionId>,
    /// Where it is cut, in the order of the places that are added to the table for them.
    cuts: Vec<FunctionId>,
    /// The addresses of the data that only the rest needs.
    data: Vec<Range<u32>>,
}

impl Plan {
    fn new(module: &Module, reached: &Reached) -> Result<Self, Unclear> {
        let table = module
            .tables
            .main_function_table()?
            .ok_or("no table of functions")?;
        let cold = |id: FunctionId| {
            let name = module.funcs.get(id).name.as_deref();
            name.is_some_and(|name| reached.is_cold(name))
        };
        let mut moved = BTreeMap::new();
        for element in module.elements.iter() {
            let (first, functions) = contents(&element.kind, &element.items, table)?;
            moved.extend((first..).zip(functions).filter(|(_, id)| cold(**id)));
        }
        let cut = |name: &String| {
            module
                .funcs
                .by_name(name)
                .ok_or("wasm-bindgen took a function away where it is cut")
        };
        Ok(Self {
            table,
            slots: module.tables.get(table).initial,
            moved: moved.into_iter().map(|(slot, id)| (slot, *id)).collect(),
            cuts: reached.cuts.iter().map(cut).collect::<Result<_, &str>>()?,
            data: reached.cold_data.clone(),
        })
    }

    /// The first half: places of the table and data of the rest are left blank, and where it is cut it goes through the
    /// table. What it then does not need, binaryen drops.
    fn first(&self, mut module: Module, mark: &str) -> Result<Vec<u8>, Unclear> {
        let blank = {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            builder.name("blank".into()).func_body().unreachable();
            builder.finish(Vec::new(), &mut module.funcs)
        };
        for element in module.elements.iter_mut() {
            let (first, _) = contents(&element.kind, &element.items, self.table)?;
            if let ElementItems::Functions(functions) = &mut element.items {
                for (slot, id) in (first..).zip(functions) {
                    if self.moved.contains_key(&slot) {
                        *id = blank;
                    }
                }
            }
        }
        for (slot, cut) in (self.slots..).zip(&self.cuts) {
            go_through_table(&mut module, *cut, self.table, slot)?;
        }
        let table = module.tables.get_mut(self.table);
        table.initial += self.cuts.len() as u64;
        table.maximum = Some(table.initial);
        let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
        for id in segments {
            let data = module.data.get_mut(id);
            let address = address(&data.kind)?;
            for range in overlaps(&self.data, address, data.value.len()) {
                data.value[range].fill(0);
            }
        }
        for (name, item) in shared(&module, mark) {
            module.exports.add(&name, item);
        }
        Ok(module.emit_wasm())
    }

    /// The rest: it brings its own functions into the table and its own data into the memory. What else it calls it has
    /// twice, but for what the table and the memory hold.
    fn rest(&self, mut module: Module, mark: &str) -> Result<Vec<u8>, Unclear> {
        let shared = shared(&module, mark);
        let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
        for export in exports {
            module.exports.delete(export);
        }
        module.start = None;

        let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
        for element in elements {
            module.elements.delete(element);
        }
        module.tables.get_mut(self.table).elem_segments.clear();
        let cuts = (self.slots..).zip(self.cuts.iter().copied());
        let moved = self.moved.iter().map(|(slot, id)| (*slot, *id));
        for (slot, functions) in runs(moved.chain(cuts)) {
            let kind = ElementKind::Active {
                table: self.table,
                offset: ConstExpr::Value(Value::I32(i32::try_from(slot)?)),
            };
            let id = module
                .elements
                .add(kind, ElementItems::Functions(functions));
            module.tables.get_mut(self.table).elem_segments.insert(id);
        }
        let table = module.tables.get_mut(self.table);
        table.initial += self.cuts.len() as u64;
        table.maximum = Some(table.initial);

        self.keep_cold_data(&mut module)?;
        for (name, item) in shared {
            import(&mut module, &name, item);
        }
        Ok(module.emit_wasm())
    }

    fn keep_cold_data(&self, module: &mut Module) -> Result<(), Unclear> {
        let Some(memory) = module.memories.iter().next().map(walrus::Memory::id) else {
            return Err("no memory".into());
        };
        let mut cold = Vec::new();
        let mut all = Vec::new();
        for data in module.data.iter() {
            all.push(data.id());
            let address = address(&data.kind)?;
            for range in overlaps(&self.data, address, data.value.len()) {
                cold.push((
                    address + u32::try_from(range.start)?,
                    data.value[range].to_vec(),
                ));
            }
        }
        for id in all {
            module.data.delete(id);
        }
        module.memories.get_mut(memory).data_segments.clear();
        for (address, bytes) in cold {
            let kind = walrus::DataKind::Active {
                memory,
                offset: ConstExpr::Value(Value::I32(i32::try_from(address)?)),
            };
            let id = module.data.add(kind, bytes);
            module.memories.get_mut(memory).data_segments.insert(id);
        }
        Ok(())
    }
}

/// Where in the table an element segment begins, and the functions it puts there.
fn contents<'a>(
    kind: &ElementKind,
    items: &'a ElementItems,
    expected: TableId,
) -> Result<(u64, &'a [FunctionId]), Unclear> {
    match (kind, items) {
        (
            ElementKind::Active {
                table,
                offset: ConstExpr::Value(Value::I32(first)),
            },
            ElementItems::Functions(functions),
        ) if *table == expected => Ok((u64::try_from(*first)?, functions)),
        _ => Err("an unknown kind of element segment".into()),
    }
}

/// Where in the memory a data segment begins.
fn address(kind: &walrus::DataKind) -> Result<u32, Unclear> {
    match kind {
        walrus::DataKind::Active {
            offset: ConstExpr::Value(Value::I32(address)),
            ..
        } => Ok(u32::try_from(*address)?),
        _ => Err("an unknown kind of data segment".into()),
    }
}

/// Which parts of a segment of so many bytes lie in these ranges of addresses.
fn overlaps(
    ranges: &[Range<u32>],
    address: u32,
    length: usize,
) -> impl Iterator<Item = Range<usize>> {
    let begin = address as usize;
    ranges.iter().filter_map(move |range| {
        let from = (range.start as usize).max(begin);
        let to = (range.end as usize).min(begin + length);
        (from < to).then(|| from - begin..to - begin)
    })
}

/// Functions by the place of the first of each run without a gap.
fn runs(functions: impl Iterator<Item = (u64, FunctionId)>) -> BTreeMap<u64, Vec<FunctionId>> {
    let mut runs = BTreeMap::<u64, Vec<FunctionId>>::new();
    for (slot, id) in functions {
        match runs.last_entry() {
            Some(mut run) if run.key() + run.get().len() as u64 == slot => run.get_mut().push(id),
            _ => {
                runs.insert(slot, vec![id]);
            }
        }
    }
    runs
}

/// Makes a function call what stands at a place of the table instead of what it did.
fn go_through_table(
    module: &mut Module,
    id: FunctionId,
    table: TableId,
    slot: u64,
) -> Result<(), Unclear> {
    let ty = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let args: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for arg in &args {
        body.local_get(*arg);
    }
    body.i32_const(i32::try_from(slot)?)
        .call_indirect(ty, table);
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
    Ok(())
}

/// What both halves have together, by the names that it is handed over with. The memory's is the mark: halves of different
/// builds do not fit.
fn shared(module: &Module, mark: &str) -> Vec<(String, ExportItem)> {
    let memory = module
        .memories
        .iter()
        .map(|memory| (mark.to_owned(), ExportItem::Memory(memory.id())));
    let tables = module.tables.iter().enumerate();
    let tables = tables.map(|(n, table)| (format!("t{n}"), ExportItem::Table(table.id())));
    let globals = module.globals.iter().enumerate();
    let globals = globals.map(|(n, global)| (format!("g{n}"), ExportItem::Global(global.id())));
    memory.chain(tables).chain(globals).collect()
}

/// Has the rest import what the first half exports.
fn import(module: &mut Module, name: &str, item: ExportItem) {
    let kind = match item {
        ExportItem::Memory(id) => ImportKind::Memory(id),
        ExportItem::Table(id) => ImportKind::Table(id),
        ExportItem::Global(id) => ImportKind::Global(id),
        ExportItem::Function(id) => ImportKind::Function(id),
        ExportItem::Tag(id) => ImportKind::Tag(id),
    };
    let import = module.imports.add(PAGE, name, kind);
    match item {
        ExportItem::Memory(id) => module.memories.get_mut(id).import = Some(import),
        ExportItem::Table(id) => module.tables.get_mut(id).import = Some(import),
        ExportItem::Global(id) => module.globals.get_mut(id).kind = GlobalKind::Import(import),
        ExportItem::Function(_) | ExportItem::Tag(_) => {}
    }
}

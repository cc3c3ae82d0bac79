//! What of a compiled module can be reached from its exports without passing the functions where it is cut.
//!
//! Which function or datum refers to which is told by the relocations that the linker leaves in the module: in code and
//! data alone, a function's address is a number like any other.

use super::Unclear;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Range,
};
use wasmparser::{
    DataKind, ExternalKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry,
    RelocationType, SymbolInfo, TypeRef,
};

/// What only the rest needs.
pub(super) struct Reached {
    /// The names of the functions that are reached only through the cuts.
    cold: HashSet<String>,
    /// The names of the functions where it is cut, as the compiler made them.
    pub(super) cuts: Vec<String>,
    /// The addresses of what is reached only through the cuts.
    pub(super) cold_data: Vec<Range<u32>>,
}

impl Reached {
    /// Follows the references in `module`, which has its relocations and names, from its exports; not into the functions
    /// with the paths `cuts`.
    pub(super) fn read(module: &[u8], cuts: &[&str]) -> Result<Self, Unclear> {
        let parts = Parts::read(module)?;
        let references = parts.references()?;
        let cut = parts.cut(cuts)?;
        let mut seen: BTreeSet<Node> = BTreeSet::new();
        let mut open: Vec<Node> = parts.roots.iter().copied().map(Node::Function).collect();
        while let Some(node) = open.pop() {
            if !matches!(node, Node::Function(function) if cut.contains_key(&function))
                && seen.insert(node)
            {
                open.extend(references.get(&node).into_iter().flatten());
            }
        }
        let is_hot = |function: &u32| seen.contains(&Node::Function(*function));
        let hot: HashSet<&str> = parts
            .names
            .iter()
            .filter(|(function, _)| is_hot(function))
            .map(|(_, name)| name.as_str())
            .collect();
        let cold = parts
            .names
            .values()
            .filter(|name| !hot.contains(name.as_str()))
            .cloned();
        // Byte by byte: texts with the same end share it.
        let mut bytes = BTreeMap::<u32, bool>::new();
        for ((segment, begin), size) in &parts.data {
            let address = parts.segments[*segment as usize].address + begin;
            let is_hot = seen.contains(&Node::Data(*segment, *begin));
            for byte in address..address + size {
                *bytes.entry(byte).or_default() |= is_hot;
            }
        }
        let mut cold_data: Vec<Range<u32>> = Vec::new();
        for (byte, _) in bytes.into_iter().filter(|(_, is_hot)| !is_hot) {
            match cold_data.last_mut() {
                Some(last) if last.end == byte => last.end += 1,
                _ => cold_data.push(byte..byte + 1),
            }
        }
        Ok(Self {
            cold: cold.collect(),
            cuts: cut.into_values().collect(),
            cold_data,
        })
    }

    /// Whether a function of this name is reached only through the cuts.
    pub(super) fn is_cold(&self, name: &str) -> bool {
        self.cold.contains(name)
    }
}

/// Something that refers to others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Node {
    /// By its index.
    Function(u32),
    /// By its segment and where in it it begins.
    Data(u32, u32),
}

/// A data segment.
struct Segment {
    /// Where its bytes are in the section.
    place: Range<u32>,
    /// Where they are in the memory.
    address: u32,
}

/// The parts of the module that matter.
#[derive(Default)]
struct Parts<'a> {
    imports: u32,
    /// Exported, or called at the start.
    roots: Vec<u32>,
    names: HashMap<u32, String>,
    /// Where in the code section each function's body ends, in order.
    bodies: Vec<u32>,
    segments: Vec<Segment>,
    symbols: Vec<SymbolInfo<'a>>,
    /// Sizes of what is in the data segments, by segment and begin.
    data: BTreeMap<(u32, u32), u32>,
    code_references: Vec<RelocationEntry>,
    data_references: Vec<RelocationEntry>,
}

impl<'a> Parts<'a> {
    fn read(module: &'a [u8]) -> Result<Self, Unclear> {
        let mut parts = Self::default();
        let mut code = 0;
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        parts.imports += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        if export.kind == ExternalKind::Func {
                            parts.roots.push(export.index);
                        }
                    }
                }
                Payload::StartSection { func, .. } => parts.roots.push(func),
                Payload::CodeSectionStart { range, .. } => code = range.start,
                Payload::CodeSectionEntry(body) => {
                    parts.bodies.push(u32::try_from(body.range().end - code)?);
                }
                Payload::DataSection(section) => {
                    let begin = section.range().start;
                    for data in section {
                        let data = data?;
                        let end = data.range.end - begin;
                        let place = u32::try_from(end - data.data.len())?..u32::try_from(end)?;
                        let address = address(&data.kind)?;
                        parts.segments.push(Segment { place, address });
                    }
                }
                Payload::CustomSection(section) => parts.read_custom(&section)?,
                _ => {}
            }
        }
        if parts.symbols.is_empty() {
            return Err("the linker left no relocations".into());
        }
        Ok(parts)
    }

    fn read_custom(
        &mut self,
        section: &wasmparser::CustomSectionReader<'a>,
    ) -> Result<(), Unclear> {
        match section.as_known() {
            KnownCustom::Linking(linking) => {
                for part in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = part? {
                        self.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                    }
                }
                for symbol in &self.symbols {
                    if let SymbolInfo::Data {
                        symbol: Some(data), ..
                    } = symbol
                    {
                        let size = self.data.entry((data.index, data.offset)).or_default();
                        *size = data.size.max(*size);
                    }
                }
            }
            KnownCustom::Reloc(references) => {
                let entries = references.entries().into_iter();
                let entries = entries.collect::<Result<Vec<_>, _>>()?;
                match section.name() {
                    "reloc.CODE" => self.code_references = entries,
                    "reloc.DATA" => self.data_references = entries,
                    _ => {}
                }
            }
            KnownCustom::Name(names) => {
                for part in names {
                    if let Name::Function(functions) = part? {
                        for name in functions {
                            let name = name?;
                            self.names.insert(name.index, name.name.to_owned());
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The functions with these paths, with their whole names.
    fn cut(&self, paths: &[&str]) -> Result<BTreeMap<u32, String>, Unclear> {
        let mut cut = BTreeMap::new();
        for path in paths {
            let mut found = self
                .names
                .iter()
                .filter(|(_, name)| format!("{:#}", rustc_demangle::demangle(name)) == **path);
            let (function, name) = found
                .next()
                .ok_or_else(|| format!("there is no function {path}"))?;
            if found.next().is_some() {
                return Err(format!("there are several functions {path}").into());
            }
            cut.insert(*function, name.clone());
        }
        Ok(cut)
    }

    /// What refers to what.
    fn references(&self) -> Result<HashMap<Node, Vec<Node>>, Unclear> {
        let mut references: HashMap<Node, Vec<Node>> = HashMap::new();
        for entry in &self.code_references {
            let body = self.bodies.partition_point(|end| *end <= entry.offset);
            if body >= self.bodies.len() {
                return Err("a reference from nowhere".into());
            }
            let from = Node::Function(self.imports + u32::try_from(body)?);
            references
                .entry(from)
                .or_default()
                .extend(self.target(entry)?);
        }
        for entry in &self.data_references {
            let mut segments = (0..).zip(&self.segments);
            let (index, segment) = segments
                .find(|(_, segment)| segment.place.contains(&entry.offset))
                .ok_or("a reference from nowhere")?;
            let offset = entry.offset - segment.place.start;
            let (key, _) = self
                .data
                .range(..=(index, offset))
                .next_back()
                .filter(|(key, size)| key.0 == index && offset < key.1 + **size)
                .ok_or("a reference from data without a name")?;
            references
                .entry(Node::Data(key.0, key.1))
                .or_default()
                .extend(self.target(entry)?);
        }
        Ok(references)
    }

    fn target(&self, entry: &RelocationEntry) -> Result<Option<Node>, Unclear> {
        if entry.ty == RelocationType::TypeIndexLeb {
            return Ok(None);
        }
        let symbol = self
            .symbols
            .get(entry.index as usize)
            .ok_or("a reference to nothing")?;
        Ok(match symbol {
            SymbolInfo::Func { index, .. } => Some(Node::Function(*index)),
            SymbolInfo::Data {
                symbol: Some(data), ..
            } => Some(Node::Data(data.index, data.offset)),
            _ => None,
        })
    }
}

/// Where in the memory a data segment begins.
fn address(kind: &DataKind) -> Result<u32, Unclear> {
    if let DataKind::Active { offset_expr, .. } = kind
        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
    {
        return Ok(u32::try_from(value)?);
    }
    Err("an unknown kind of data segment".into())
}

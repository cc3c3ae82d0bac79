//! Shortens the names by which a wasm module and its JavaScript know each other.
//!
//! wasm-bindgen ends each of some 200 imports with 16 hexadecimal digits, in both files: what cannot be compressed.

use std::collections::BTreeMap;

/// The module and its JavaScript with short names, or why it was not understood; then the long ones have to do.
pub(crate) fn imports(module: &[u8], script: &str) -> Result<(Vec<u8>, String), &'static str> {
    let mut reader = Reader(module);
    let mut short = reader.take(8)?.to_vec();
    let mut names = BTreeMap::new();
    while !reader.0.is_empty() {
        let [id] = *reader.take(1)? else {
            return Err("a section without an id");
        };
        let length = reader.number()?;
        let section = reader.take(length)?;
        short.push(id);
        if id == IMPORTS {
            push_bytes(&mut short, &rename(section, &mut names)?);
        } else {
            push_bytes(&mut short, section);
        }
    }
    Ok((short, rename_keys(script, &names)?))
}

/// The import section's id.
const IMPORTS: u8 = 2;
/// The kind of an import that is a function; its type's number follows.
const FUNCTION: u8 = 0;

/// The import section with short names, which are noted beside the long ones.
fn rename(section: &[u8], names: &mut BTreeMap<String, String>) -> Result<Vec<u8>, &'static str> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let mut renamed = Vec::with_capacity(section.len());
    push_number(&mut renamed, count);
    for _ in 0..count {
        push_bytes(&mut renamed, reader.bytes()?);
        let long = str::from_utf8(reader.bytes()?).map_err(|_| "a name that is no text")?;
        let number = names.len();
        let short = names
            .entry(long.to_owned())
            .or_insert_with(|| short_name(number));
        push_bytes(&mut renamed, short.as_bytes());
        if reader.take(1)? != [FUNCTION] {
            return Err("an import that is no function");
        }
        renamed.push(FUNCTION);
        push_number(&mut renamed, reader.number()?);
    }
    Ok(renamed)
}

/// `a`, `b`, …, `z`, `aa`, `ba`, …
fn short_name(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.extend(
            b"abcdefghijklmnopqrstuvwxyz"
                .get(number % 26)
                .map(|&letter| char::from(letter)),
        );
        number /= 26;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

/// The script with each name, which is a key of the object of imports, replaced once.
fn rename_keys(script: &str, names: &BTreeMap<String, String>) -> Result<String, &'static str> {
    let mut found = 0;
    let mut renamed = String::with_capacity(script.len());
    for line in script.split_inclusive('\n') {
        let words = line.trim_start();
        match words
            .split_once(':')
            .map(|(key, rest)| (names.get(key), rest))
        {
            Some((Some(short), rest)) => {
                found += 1;
                renamed.push_str(short);
                renamed.push(':');
                renamed.push_str(rest);
            }
            _ => renamed.push_str(line),
        }
    }
    if found == names.len() {
        Ok(renamed)
    } else {
        Err("the script does not have every import")
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let seven_bits = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return bytes.push(seven_bits);
        }
        bytes.push(seven_bits | 0x80);
    }
}

fn push_bytes(bytes: &mut Vec<u8>, more: &[u8]) {
    push_number(bytes, more.len());
    bytes.extend_from_slice(more);
}

/// What is left to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or("it ends too soon")?;
        self.0 = rest;
        Ok(taken)
    }

    /// A LEB128 number.
    fn number(&mut self) -> Result<usize, &'static str> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.take(1)?.first().copied().unwrap_or_default();
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err("a number that is too long")
    }

    /// Bytes led by their count.
    fn bytes(&mut self) -> Result<&'a [u8], &'static str> {
        let count = self.number()?;
        self.take(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    /// A module that imports these functions, with a section before and one after.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut section = Vec::new();
        push_number(&mut section, names.len());
        for name in names {
            push_bytes(&mut section, b"./web.js");
            push_bytes(&mut section, name.as_bytes());
            section.extend([FUNCTION, 0]);
        }
        let mut module = [HEAD, &[1, 4, 1, 0x60, 0, 0, IMPORTS]].concat();
        push_bytes(&mut module, &section);
        module.extend([3, 1, 0]);
        module
    }

    fn script(names: &[&str]) -> String {
        let key = |name: &&str| format!("        {name}: function() {{ {name}: 1 }},\n");
        let keys: Vec<String> = names.iter().map(key).collect();
        let keys = keys.concat();
        format!("const import0 = {{\n{keys}}};\n")
    }

    #[test]
    fn a_module_and_its_script_agree_on_short_names() {
        let long: Vec<String> = (0..800).map(|n| format!("__wbg_call_{n:016x}")).collect();
        let long: Vec<&str> = long.iter().map(String::as_str).collect();
        let short: Vec<String> = (0..800).map(short_name).collect();
        let short: Vec<&str> = short.iter().map(String::as_str).collect();
        assert_eq!(short[..2], ["a", "b"]);
        let (renamed, keys) = imports(&module(&long), &script(&long)).unwrap();
        assert_eq!(renamed, module(&short));
        for (key, name) in keys.lines().skip(1).zip(&short) {
            assert_eq!(key.split(':').next(), Some(*name));
        }
        let mut all = short.clone();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 800);
    }

    #[test]
    fn an_import_that_the_script_lacks_changes_nothing() {
        assert!(imports(&module(&["one", "two"]), &script(&["one"])).is_err());
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let whole = module(&["one"]);
        for end in 1..whole.len() - 3 {
            if end != 8 && end != 14 {
                assert!(imports(&whole[..end], &script(&["one"])).is_err(), "{end}");
            }
        }
    }
}

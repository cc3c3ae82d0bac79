//! `atomine atom`: what an Atom is.

use crate::{args::AtomArgs, csv_file, error::CliError};
use atomine_protocol::{Atom, Attribute, Shells};
use serde::Serialize;
use std::io::{self, Write};

/// Prints one Atom, or a file of them.
pub(crate) fn run(args: &AtomArgs, out: &mut impl Write) -> Result<(), CliError> {
    if let Some(path) = &args.csv {
        return csv_file::write(&csv_file::read(path)?, out);
    }
    // The command line asks for both where there is no file.
    if let (Some(id), Some(hash)) = (args.id, args.hash) {
        let description = Description::of(&Atom { id, hash });
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &description).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            description.print(out)?;
        }
    }
    Ok(())
}

/// The columns of an Atom in the vector file, by name and in their order.
#[derive(Serialize)]
pub(crate) struct Columns {
    token_id: u64,
    hash: String,
    generation: u32,
    atomic_number: u8,
    symbol: &'static str,
    name: &'static str,
    ion_charge: i8,
    colour0: String,
    colour1: String,
    nucleus_rate: f64,
    zoom1: f64,
    zoom2: f64,
}

impl Columns {
    pub(crate) const NAMES: &'static str = "token_id,hash,generation,atomic_number,symbol,name,\
        ion_charge,colour0,colour1,nucleus_rate,zoom1,zoom2";

    pub(crate) fn of(atom: &Atom) -> Self {
        let traits = atom.traits();
        let [colour0, colour1] = traits.palette.0.map(|colour| colour.to_string());
        Self {
            token_id: atom.id.get(),
            hash: atom.hash.to_string(),
            generation: traits.generation,
            atomic_number: traits.element.z,
            symbol: traits.element.symbol,
            name: traits.element.name,
            ion_charge: traits.charge,
            colour0,
            colour1,
            nucleus_rate: traits.nucleus_rate,
            zoom1: traits.zoom1,
            zoom2: traits.zoom2,
        }
    }

    /// Writes the columns as a line of CSV; none of them can need quotes.
    pub(crate) fn write_row(&self, out: &mut impl Write) -> io::Result<()> {
        write!(out, "{},{},{},", self.token_id, self.hash, self.generation)?;
        write!(out, "{},{},{},", self.atomic_number, self.symbol, self.name)?;
        write!(
            out,
            "{},{},{},",
            self.ion_charge, self.colour0, self.colour1
        )?;
        writeln!(out, "{},{},{}", self.nucleus_rate, self.zoom1, self.zoom2)
    }
}

/// All that is to be said about an Atom: the columns, and what they mean.
#[derive(Serialize)]
struct Description {
    title: String,
    #[serde(flatten)]
    columns: Columns,
    ion: Option<String>,
    electron_shells: Shells,
    attributes: Vec<AttributeLine>,
}

/// An attribute as token metadata write it.
#[derive(Serialize)]
struct AttributeLine {
    trait_type: &'static str,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<String>,
}

impl From<Attribute> for AttributeLine {
    fn from(attribute: Attribute) -> Self {
        Self {
            trait_type: attribute.name,
            value: attribute.value.to_string(),
            counter: attribute.counter.map(|counter| counter.to_string()),
        }
    }
}

impl Description {
    fn of(atom: &Atom) -> Self {
        let traits = atom.traits();
        Self {
            title: atom.title().to_string(),
            columns: Columns::of(atom),
            ion: traits.ion_label().map(|ion| ion.to_string()),
            electron_shells: traits.shells(),
            attributes: traits.attributes().map(AttributeLine::from).collect(),
        }
    }

    fn print(&self, out: &mut impl Write) -> Result<(), CliError> {
        let columns = &self.columns;
        let mut line =
            |label: &str, value: &dyn std::fmt::Display| writeln!(out, "{label:<16}{value}");
        line("Atom", &self.title)?;
        line("Hash", &columns.hash)?;
        line("Symbol", &columns.symbol)?;
        line("Atomic number", &columns.atomic_number)?;
        for attribute in &self.attributes {
            match &attribute.counter {
                Some(counter) => line(
                    attribute.trait_type,
                    &format_args!("{} ({counter})", attribute.value),
                )?,
                None => line(attribute.trait_type, &attribute.value)?,
            }
        }
        let shells: Vec<_> = self.electron_shells.iter().map(u8::to_string).collect();
        line("Electron shells", &shells.join(" "))?;
        line(
            "Colours",
            &format_args!("{} {}", columns.colour0, columns.colour1),
        )?;
        line("Nucleus rate", &columns.nucleus_rate)?;
        line("Zoom", &format_args!("{} {}", columns.zoom1, columns.zoom2))?;
        Ok(())
    }
}

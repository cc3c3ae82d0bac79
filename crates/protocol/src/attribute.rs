//! An Atom's traits as the attributes a marketplace lists.

use crate::{Category, Counter, Traits};
use core::fmt;

/// One line of an Atom's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// `Generation`, `Ion Charge`, `Period`, `Group` or `Category`.
    pub name: &'static str,
    /// What it is, for this Atom.
    pub value: AttributeValue,
    /// Which of the elements that share this value it has; for the last three attributes.
    pub counter: Option<Counter>,
}

/// The value of an [`Attribute`]. Prints as the collection's metadata write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    /// A plain number.
    Number(u32),
    /// A charge, printed with its sign.
    Charge(i8),
    /// A category, printed by its name.
    Category(Category),
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Charge(charge) => write!(f, "{charge:+}"),
            Self::Category(category) => category.fmt(f),
        }
    }
}

/// A charge as chemists write it after a symbol: `2+`, `3-`, `1+`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IonLabel(i8);

impl fmt::Display for IonLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            self.0.unsigned_abs(),
            if self.0 < 0 { '-' } else { '+' }
        )
    }
}

impl Traits {
    /// The charge as chemists write it, `2+` or `1-`; `None` for a neutral Atom.
    pub fn ion_label(&self) -> Option<IonLabel> {
        (self.charge != 0).then_some(IonLabel(self.charge))
    }

    /// The attributes in the collection's order, without those that this Atom lacks.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute> + use<> {
        use AttributeValue::{Charge, Number};
        let element = self.element;
        let ranked = |name, value, counter: Option<Counter>| {
            counter.map(|_| Attribute {
                name,
                value,
                counter,
            })
        };
        let category = element.category.and_then(|category| {
            ranked(
                "Category",
                AttributeValue::Category(category),
                element.category_counter(),
            )
        });
        [
            Some(Attribute {
                name: "Generation",
                value: Number(self.generation),
                counter: None,
            }),
            (self.charge != 0).then_some(Attribute {
                name: "Ion Charge",
                value: Charge(self.charge),
                counter: None,
            }),
            ranked(
                "Period",
                Number(element.period.into()),
                element.period_counter(),
            ),
            ranked(
                "Group",
                Number(element.group.into()),
                element.group_counter(),
            ),
            category,
        ]
        .into_iter()
        .flatten()
    }
}

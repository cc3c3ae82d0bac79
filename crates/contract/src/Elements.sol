// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

/// @title The periodic table as the collection spells and sorts it.
/// @dev Element 0 is Creation, the element of Genesis: it has no place in the table.
library Elements {
    /// @notice The heaviest element an Atom can be.
    uint256 internal constant LAST = 118;

    // forgefmt: disable-next-item
    bytes private constant NAMES = "Creation,"
        "Hydrogen,Helium,"
        "Lithium,Beryllium,Boron,Carbon,Nitrogen,Oxygen,Fluorine,Neon,"
        "Sodium,Magnesium,Aluminium,Silicon,Phosphorus,Sulphur,Chlorine,Argon,"
        "Potassium,Calcium,Scandium,Titanium,Vanadium,Chromium,Manganese,Iron,Cobalt,Nickel,Copper,Zinc,"
        "Gallium,Germanium,Arsenic,Selenium,Bromine,Krypton,"
        "Rubidium,Strontium,Yttrium,Zirconium,Niobium,Molybdenum,Technetium,Ruthenium,Rhodium,Palladium,"
        "Silver,Cadmium,Indium,Tin,Antimony,Tellurium,Iodine,Xenon,"
        "Caesium,Barium,Lanthanum,Cerium,Praseodymium,Neodymium,Promethium,Samarium,Europium,Gadolinium,"
        "Terbium,Dysprosium,Holmium,Erbium,Thulium,Ytterbium,Lutetium,Hafnium,Tantalum,Tungsten,Rhenium,"
        "Osmium,Iridium,Platinum,Gold,Mercury,Thallium,Lead,Bismuth,Polonium,Astatine,Radon,"
        "Francium,Radium,Actinium,Thorium,Protactinium,Uranium,Neptunium,Plutonium,Americium,Curium,"
        "Berkelium,Californium,Einsteinium,Fermium,Mendelevium,Nobelium,Lawrencium,Rutherfordium,Dubnium,"
        "Seaborgium,Bohrium,Hassium,Meitnerium,Darmstadtium,Roentgenium,Copernicium,Nihonium,Flerovium,"
        "Moscovium,Livermorium,Tennessine,Oganesson,";

    // forgefmt: disable-next-item
    bytes private constant SYMBOLS = "Genesis,"
        "H,He,"
        "Li,Be,B,C,N,O,F,Ne,"
        "Na,Mg,Al,Si,P,S,Cl,Ar,"
        "K,Ca,Sc,Ti,V,Cr,Mn,Fe,Co,Ni,Cu,Zn,Ga,Ge,As,Se,Br,Kr,"
        "Rb,Sr,Y,Zr,Nb,Mo,Tc,Ru,Rh,Pd,Ag,Cd,In,Sn,Sb,Te,I,Xe,"
        "Cs,Ba,La,Ce,Pr,Nd,Pm,Sm,Eu,Gd,Tb,Dy,Ho,Er,Tm,Yb,Lu,Hf,Ta,W,Re,Os,Ir,Pt,Au,Hg,Tl,Pb,Bi,Po,At,Rn,"
        "Fr,Ra,Ac,Th,Pa,U,Np,Pu,Am,Cm,Bk,Cf,Es,Fm,Md,No,Lr,Rf,Db,Sg,Bh,Hs,Mt,Ds,Rg,Cn,Nh,Fl,Mc,Lv,Ts,Og,";

    /// @dev The last element of each period, after a 0 for the period before the first.
    bytes private constant PERIOD_ENDS = hex"00_02_0a_12_24_36_56_76";

    /// @dev The category of each element from hydrogen on, a digit that counts in CATEGORY_NAMES.
    // forgefmt: disable-next-item
    bytes private constant CATEGORIES = "01"
        "23400001"
        "23540001"
        "236666666666544001"
        "236666666666554401"
        "23777777777777777666666666555541"
        "23888888888888888666669999999999";

    bytes private constant CATEGORY_NAMES = "Reactive nonmetal,Noble gas,Alkali metal,Alkaline earth metal,"
        "Metalloid,Post-transition metal,Transition Metal,Lanthanide,Actinide,Unknown,";

    /// @dev The charges an ion of each element may carry, from hydrogen on: none (.), one (a digit is
    /// positive, a to c are -1 to -3), or one of two (a capital counts in CHARGE_PAIRS).
    // forgefmt: disable-next-item
    bytes private constant CHARGES = "1."
        "12..cba."
        "123.cba."
        "123ABCDCCCE234cba."
        "1234B67A3D123DBba."
        "1233333CC33333333456744DF2FDBDa."
        "1234GH54A33333CC3...............";

    bytes private constant CHARGE_PAIRS = "34" "35" "23" "24" "12" "13" "45" "46";

    /// @notice The English name in British spelling.
    function name(uint256 z) internal pure returns (string memory) {
        return _item(NAMES, z);
    }

    /// @notice The symbol, `He` for example.
    function symbol(uint256 z) internal pure returns (string memory) {
        return _item(SYMBOLS, z);
    }

    /// @notice The row of the table, 1 to 7, and which of its `size` elements this is, from 1.
    function period(uint256 z) internal pure returns (uint256 row, uint256 place, uint256 size) {
        bytes memory ends = PERIOD_ENDS;
        while (uint8(ends[row]) < z) ++row;
        uint256 before = uint8(ends[row - 1]);
        return (row, z - before, uint8(ends[row]) - before);
    }

    /// @notice The column of the table, 1 to 18; 0 for the f-block, which has none.
    function group(uint256 z) internal pure returns (uint256) {
        (, uint256 place, uint256 size) = period(z);
        // Counted from the left up to the alkaline earths, from the right in the other blocks.
        if (place <= (size == 2 ? 1 : 2)) return place;
        return place + 18 > size + 2 ? place + 18 - size : 0;
    }

    /// @notice Which of the elements in its group this is, from 1, and how many there are.
    function groupCounter(uint256 z) internal pure returns (uint256 n, uint256 m) {
        uint256 own = group(z);
        for (uint256 other = 1; other <= LAST; ++other) {
            if (group(other) != own) continue;
            ++m;
            if (other <= z) ++n;
        }
    }

    /// @notice The chemical category.
    function category(uint256 z) internal pure returns (string memory) {
        return _item(CATEGORY_NAMES, uint8(CATEGORIES[z - 1]) - 48);
    }

    /// @notice Which of the elements in its category this is, from 1, and how many there are.
    function categoryCounter(uint256 z) internal pure returns (uint256 n, uint256 m) {
        bytes memory categories = CATEGORIES;
        bytes1 own = categories[z - 1];
        for (uint256 other; other < LAST; ++other) {
            if (categories[other] != own) continue;
            ++m;
            if (other < z) ++n;
        }
    }

    /// @notice The charge of an ion of this element, chosen by `choice` where there are two; 0 where
    /// the element forms none.
    function ionCharge(uint256 z, uint256 choice) internal pure returns (int256) {
        if (z == 0) return 0;
        uint256 code = uint8(CHARGES[z - 1]);
        if (code == 0x2e) return 0;
        if (code >= 0x61) return -int256(code - 0x60);
        if (code >= 0x41) code = uint8(CHARGE_PAIRS[(code - 0x41) * 2 + choice % 2]);
        return int256(code - 0x30);
    }

    /// @dev The item at `index` of a list whose items all end with a comma.
    function _item(bytes memory list, uint256 index) private pure returns (string memory) {
        uint256 start;
        for (; index > 0; --index) {
            start = _comma(list, start) + 1;
        }
        bytes memory item = new bytes(_comma(list, start) - start);
        for (uint256 i; i < item.length; ++i) {
            item[i] = list[start + i];
        }
        return string(item);
    }

    function _comma(bytes memory list, uint256 from) private pure returns (uint256 place) {
        place = from;
        while (list[place] != ",") ++place;
    }
}

"""Write what the browser knows of the entities from their one definition: `python -m server.generate`."""

from pathlib import Path

from server.entities import DEFINITIONS
from server.entities.definition import DATA_VERSION, Definition, Field
from server.entities.values import Choice, Words

TARGET = Path(__file__).resolve().parent.parent / "pwa" / "src" / "generated" / "entities.ts"

HEADER = """// Generated from server/entities by `python -m server.generate`: change it there.

export type Kind = 'frozen' | 'once' | 'last'

/**
 * `owner` names the field that says whose record it is (null: the co-operative's alone); `shared` ones every member of
 * the co-operative sees.
 */
export interface EntityRules {
  readonly owner: string | null
  readonly shared: boolean
  readonly fields: Readonly<Record<string, FieldRule>>
}

export interface FieldRule {
  readonly kind: Kind
  readonly required?: true
  readonly managers_only?: true
}
"""


def typescript() -> str:
    """The whole generated module."""
    names = " | ".join(f"'{name}'" for name in DEFINITIONS)
    parts = [HEADER, f"export type EntityName = {names}\n"]
    parts.append(f"/** What a mutation carries as `v`. */\nexport const DATA_VERSION = {DATA_VERSION}\n")
    parts += [_interface(definition) for definition in DEFINITIONS.values()]
    rows = "\n".join(f"  {name}: {_class_name(name)}" for name in DEFINITIONS)
    parts.append(f"/** What a complete record of each entity holds. */\nexport interface Rows {{\n{rows}\n}}\n")
    rows = "\n".join(f"  {name}: {_class_name(name)}Derived" for name in DEFINITIONS)
    parts.append(f"export interface Derived {{\n{rows}\n}}\n")
    rules = "\n".join(_rules(definition) for definition in DEFINITIONS.values())
    parts.append(f"export const ENTITIES: Readonly<Record<EntityName, EntityRules>> = {{\n{rules}\n}}\n")
    return "\n".join(parts)


def _class_name(name: str) -> str:
    return name.title().replace("_", "")


def _type(field: Field) -> str:
    value = field.value
    text = " | ".join(f"'{choice}'" for choice in value.choices) if isinstance(value, Choice) else value.typescript
    return f"{text} | null" if value.allow_none else text


def _interface(definition: Definition) -> str:
    name = _class_name(definition.rules.name)
    lines = []
    for field_name, field in definition.fields.items():
        optional = "" if field.required else "?"
        most = f" // at most {field.value.most} characters" if isinstance(field.value, Words) else ""
        lines.append(f"  readonly {field_name}{optional}: {_type(field)}{most}")
    fields = "\n".join(lines)
    derived = "\n".join(f"  readonly {n}?: {t}" for n, t in definition.derived.items())
    return f"export interface {name} {{\n{fields}\n}}\n\nexport interface {name}Derived {{\n{derived}\n}}\n"


def _rules(definition: Definition) -> str:
    rules = definition.rules
    owner = "null" if rules.owner_field is None else f"'{rules.owner_field}'"
    lines = [f"  {rules.name}: {{", f"    owner: {owner},", f"    shared: {str(rules.shared).lower()},"]
    lines.append("    fields: {")
    for name, rule in rules.fields.items():
        flags = f"kind: '{rule.kind.value}'"
        flags += ", required: true" if rule.required else ""
        flags += ", managers_only: true" if rule.managers_only else ""
        lines.append(f"      {name}: {{ {flags} }},")
    return "\n".join([*lines, "    },", "  },"])


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(typescript(), encoding="utf-8")

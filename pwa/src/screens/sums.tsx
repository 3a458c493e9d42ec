import type { ComponentChildren } from 'preact'
import { Money } from '../ui/money.tsx'

/** A part of a screen under its heading. */
export const Part = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="stack">
    <h2>{title}</h2>
    {children}
  </section>
)

export type SumLine = readonly [label: string, vnd: number]

/** Amounts with what each is; in two columns where there is room, if there are many. */
export const Sums = ({ lines, many }: { lines: readonly SumLine[]; many?: boolean }) => (
  <dl class={many ? 'sums columns-2' : 'sums'}>
    {lines.map(([label, vnd]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>
          <Money vnd={vnd} />
        </dd>
      </div>
    ))}
  </dl>
)

/** A row of `plain-rows`: what it is, what is said beside it, and at its end an amount, or what can be done. */
export const PlainRow = (props: {
  what: ComponentChildren
  beside?: ComponentChildren
  vnd?: number
  gone?: boolean | undefined
  children?: ComponentChildren
}) => (
  <li class={props.gone ? 'gone' : ''}>
    <span>
      {props.what}
      {props.beside && <small class="soft">{props.beside}</small>}
    </span>
    {props.vnd !== undefined && <Money vnd={props.vnd} />}
    {props.children}
  </li>
)

const OWED = ['before', 'late', 'opening', 'with_coop', 'advances', 'payouts'] as const
type OwedPart = (typeof OWED)[number]

/** The parts that add up to what is owed, what was given to the member with a minus; what is nothing is left out. */
export const owed_lines = (
  sums: Readonly<Record<`${OwedPart}_vnd`, number>>,
  words: (part: OwedPart) => string,
): SumLine[] =>
  OWED.map((part): SumLine => {
    const is_given = part === 'advances' || part === 'payouts'
    return [words(part), sums[`${part}_vnd`] * (is_given ? -1 : 1)]
  }).filter(([, vnd]) => vnd !== 0)

/** The guide as far as it is for whoever is signed in: the member's part is here, what is for staff comes when asked for. */

import type { GuidePage, Inline } from 'virtual:guide/member'
import * as member from 'virtual:guide/member'
import { computed, signal } from '@preact/signals'
import { session } from '../state/index.ts'
import type { Role } from '../state/types.ts'
import { finds } from '../ui/fold.ts'

export type Part = typeof member
type StaffPart = 'office' | 'province'

const LOAD: Record<StaffPart, () => Promise<Part>> = {
  office: () => import('virtual:guide/office'),
  province: () => import('virtual:guide/province'),
}
/** Beside the member's, the own one first. */
const OF_ROLE: Record<Role, readonly StaffPart[]> = {
  member: [],
  manager: ['office'],
  admin: ['province', 'office'],
}

const loaded = signal<Partial<Record<StaffPart, Part | 'failed'>>>({})
const asked = new Set<StaffPart>()

const own = computed(() => OF_ROLE[session.value?.user.role ?? 'member'].map((name) => loaded.value[name]))

/** What can be read now. */
export const parts = computed<readonly Part[]>(() => [
  ...own.value.filter((part) => part !== undefined && part !== 'failed'),
  member,
])

/** Whether all that is theirs to read is here. */
export const standing = computed<'here' | 'loading' | 'failed'>(() =>
  own.value.includes('failed') ? 'failed' : own.value.includes(undefined) ? 'loading' : 'here',
)

/** Asks for what of the guide is for staff, once. */
export function load_staff_parts(): void {
  for (const name of OF_ROLE[session.peek()?.user.role ?? 'member']) {
    if (asked.has(name)) continue
    asked.add(name)
    const keep = (part: Part | 'failed') => {
      loaded.value = { ...loaded.peek(), [name]: part }
    }
    LOAD[name]().then(keep, () => keep('failed'))
  }
}

export const page_named = (name: string | undefined): GuidePage | undefined =>
  parts.value.flatMap(({ pages }) => pages).find((page) => page.name === name)

export const picture_named = (name: string): Part['pictures'][string] | undefined =>
  parts.value.find(({ pictures }) => name in pictures)?.pictures[name]

export const page_linked = (part: Inline): GuidePage[] => {
  const page = typeof part === 'object' && 'to' in part ? page_named(part.to) : undefined
  return page ? [page] : []
}

/** Pages that are about it, then those that speak of it. */
export function found_first(query: string): GuidePage[] {
  const pages = parts.value.flatMap(({ pages }) => pages)
  const found = pages.filter((page) => finds([page.title, ...lines_of(page)].join(' '), query))
  const about = found.filter(({ title }) => finds(title, query))
  return [...about, ...found.filter((page) => !about.includes(page))]
}

const plain = (text: readonly Inline[]): string =>
  text
    .map((part) =>
      typeof part === 'string'
        ? part
        : 'label' in part
          ? part.label
          : 'strong' in part
            ? part.strong
            : part.text,
    )
    .join('')

const lines_of = ({ blocks }: GuidePage): string[] =>
  blocks.flatMap((block) =>
    'items' in block ? block.items.map(plain) : 'text' in block ? [plain(block.text)] : [],
  )

/** The first line in which all that is searched stands, else the first of its words. */
export function line_with(page: GuidePage, query: string): string {
  const lines = lines_of(page)
  const [first = ''] = query.trim().split(/\s+/)
  return (
    lines.find((line) => finds(line, query)) ?? lines.find((line) => finds(line, first)) ?? lines[0] ?? ''
  )
}

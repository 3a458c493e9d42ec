/**
 * The user guide for the app's help: docs/huong-dan as typed data, read when the app is built. Each part, by whom it is
 * for, is a module of its own, `virtual:guide/member` and so on: nobody downloads what is for others.
 *
 * Only what is named here passes: headings, paragraphs, lists, pictures, links between pages. Anything else in the
 * Markdown, HTML above all, fails the build, so the app shows words and never markup.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'
import type { Plugin } from 'vite'

/** Words; `label` is what stands on the screen (“Lưu”), `to` another page's name. */
export type Inline = string | { label: string } | { strong: string } | { to: string; text: string }

export type Block =
  | { kind: 'heading' | 'words'; text: Inline[] }
  | { kind: 'steps' | 'list'; items: Inline[][] }
  | { kind: 'picture'; picture: string; alt: string }

export interface GuidePage {
  /** Its file's name without `.md`. */
  name: string
  title: string
  blocks: Block[]
}

export interface Picture {
  address: string
  width: number
  height: number
}

/** What is for one kind of people. */
export interface GuidePart {
  /** What there is: headings and lists of links. */
  contents: Block[]
  /** In the order of the contents. */
  pages: GuidePage[]
  /** By the file's name. */
  pictures: Record<string, Picture>
}

/** A part's pages begin with this; what no other part claims is for everybody. */
const PREFIXES = { office: 'can-bo-', province: 'lien-minh', member: '' } as const
export type PartName = keyof typeof PREFIXES
const PARTS = Object.keys(PREFIXES) as PartName[]

export const part_of = (page: string): PartName =>
  PARTS.find((part) => page.startsWith(PREFIXES[part])) ?? 'member'

const MODULE = 'virtual:guide/'
const FOLDER = join(import.meta.dirname, '../../docs/huong-dan')

class GuideError extends Error {
  override name = 'GuideError'
  readonly code = 'guide_invalid'
}

/** Quoted words are labels; everything else stays as it is written. */
const labelled = (text: string): Inline[] =>
  text
    .replace(/\s+/g, ' ')
    .split(/“([^”]+)”/)
    .map((part, index) => (index % 2 ? { label: part } : part))
    .filter((part) => part !== '')

function inline(tokens: Token[]): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    if (token.type === 'text' && !('tokens' in token && token.tokens?.length)) return labelled(token.raw)
    if (token.type === 'text') return inline(token.tokens ?? [])
    if (token.type === 'strong') return [{ strong: token.text }]
    const page = token.type === 'link' && /^([\w-]+)\.md$/.exec(token.href)?.[1]
    if (page) return [{ to: page, text: token.text }]
    throw new GuideError(`not for the help: ${token.raw}`)
  })
}

function block(token: Token): Block[] {
  const tokens = ('tokens' in token && token.tokens) || []
  switch (token.type) {
    case 'space':
      return []
    case 'heading':
      if (token.depth === 2) return [{ kind: 'heading', text: inline(tokens) }]
      break
    case 'paragraph': {
      const [only] = tokens
      if (tokens.length > 1 || only?.type !== 'image') return [{ kind: 'words', text: inline(tokens) }]
      const picture = /^pictures\/([\w-]+\.webp)$/.exec(only.href)?.[1]
      if (picture) return [{ kind: 'picture', picture, alt: only.text }]
      break
    }
    case 'list': {
      const items = (token as Tokens.List).items.map((item) => inline(item.tokens))
      return [{ kind: token.ordered ? 'steps' : 'list', items }]
    }
  }
  throw new GuideError(`not for the help: ${token.raw}`)
}

/** One page of Markdown: its title, then what it says. */
export function read_page(name: string, markdown: string): GuidePage {
  const [title, ...rest] = marked.lexer(markdown)
  if (title?.type !== 'heading' || title.depth !== 1) throw new GuideError(`${name}: begin with a title`)
  return { name, title: title.text, blocks: rest.flatMap(block) }
}

/** The contents (README.md) and all pages in the order in which they lead to them, part by part. */
export function read_guide(folder = FOLDER): Record<PartName, Omit<GuidePart, 'pictures'>> {
  const page = (name: string) => read_page(name, readFileSync(join(folder, `${name}.md`), 'utf8'))
  const found: ReturnType<typeof read_guide> = {
    member: { contents: [], pages: [] },
    office: { contents: [], pages: [] },
    province: { contents: [], pages: [] },
  }
  // The headings above a list lead to it; other words are for who reads the files.
  let above: Block[] = []
  for (const block of page('README').blocks) {
    if (block.kind !== 'words') above.push(block)
    if (block.kind !== 'list') continue
    const linked = block.items.flat().flatMap((part) => (has_link(part) ? [part.to] : []))
    const [part, ...others] = new Set(linked.map(part_of))
    if (!part || others.length > 0) throw new GuideError(`one list, one part: ${linked}`)
    found[part].contents.push(...above)
    found[part].pages.push(...linked.map(page))
    above = []
  }
  return found
}

const has_link = (part: Inline): part is { to: string; text: string } =>
  typeof part === 'object' && 'to' in part

export const pictures_of = ({ blocks }: GuidePage): string[] =>
  blocks.flatMap((block) => (block.kind === 'picture' ? [block.picture] : []))

const path_of = (picture: string): string => join(FOLDER, 'pictures', picture)

/** Width and height in pixels, as a lossless WebP's first bytes say (RFC 9649, 3.4): 14 bits each, less one. */
function size_of(picture: string): [width: number, height: number] {
  const bits = readFileSync(path_of(picture)).readUInt32LE(21)
  return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]
}

export function guide(): Plugin {
  return {
    name: 'guide',
    resolveId: (id) => (id.startsWith(MODULE) ? `\0${id}` : null),
    load(id) {
      const part = PARTS.find((part) => id === `\0${MODULE}${part}`)
      if (!part) return null
      for (const name of readdirSync(FOLDER)) if (name.endsWith('.md')) this.addWatchFile(join(FOLDER, name))
      const read = read_guide()[part]
      // The browser tests make the pictures with the app that is built here: a new one may not be there yet.
      const used = [...new Set(read.pages.flatMap(pictures_of))]
      const made = used.filter((picture) => existsSync(path_of(picture)))
      for (const picture of used) if (!made.includes(picture)) this.warn(`no picture yet: ${picture}`)
      const imports = made.map(
        (picture, index) => `import p${index} from ${JSON.stringify(path_of(picture))}`,
      )
      const pictures = made.map((picture, index) => {
        const [width, height] = size_of(picture)
        return `${JSON.stringify(picture)}:{address:p${index},width:${width},height:${height}}`
      })
      return `${imports.join('\n')}
export const { contents, pages } = ${JSON.stringify(read)}
export const pictures = {${pictures}}`
    },
  }
}

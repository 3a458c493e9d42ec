/**
 * The user guide for the app's help: `virtual:guide` is docs/huong-dan as typed data, read when the app is built.
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

export interface Guide {
  /** What there is, by whom it is for. */
  contents: GuidePage
  /** In the order of the contents. */
  pages: GuidePage[]
  /** Where each picture lies, by its file's name. */
  pictures: Record<string, string>
}

const MODULE = 'virtual:guide'
const FOLDER = join(import.meta.dirname, '../../docs/huong-dan')
/** What holds the guide in a build: kept by the phone after everything else. */
export const GUIDE_MODULE = /virtual:guide/

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

/** All pages in the order in which the contents (README.md) lead to them. */
export function read_guide(folder = FOLDER): Omit<Guide, 'pictures'> {
  const page = (name: string) => read_page(name, readFileSync(join(folder, `${name}.md`), 'utf8'))
  const contents = page('README')
  const linked = contents.blocks.flatMap((block) =>
    'items' in block ? block.items.flat().flatMap((part) => (has_link(part) ? [part.to] : [])) : [],
  )
  return { contents, pages: linked.map(page) }
}

const has_link = (part: Inline): part is { to: string; text: string } =>
  typeof part === 'object' && 'to' in part

const path_of = (picture: string): string => join(FOLDER, 'pictures', picture)

export function guide(): Plugin {
  return {
    name: 'guide',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load(id) {
      if (id !== `\0${MODULE}`) return null
      for (const name of readdirSync(FOLDER)) if (name.endsWith('.md')) this.addWatchFile(join(FOLDER, name))
      const read = read_guide()
      // The browser tests make the pictures with the app that is built here: a new one may not be there yet.
      const used = [...new Set(read.pages.flatMap(({ blocks }) => blocks.flatMap(pictures_of)))]
      const made = used.filter((picture) => existsSync(path_of(picture)))
      for (const picture of used) if (!made.includes(picture)) this.warn(`no picture yet: ${picture}`)
      const imports = made.map(
        (picture, index) => `import p${index} from ${JSON.stringify(path_of(picture))}`,
      )
      const pictures = made.map((picture, index) => `${JSON.stringify(picture)}:p${index}`)
      return `${imports.join('\n')}
export const { contents, pages } = ${JSON.stringify(read)}
export const pictures = {${pictures}}`
    },
  }
}

const pictures_of = (block: Block): string[] => (block.kind === 'picture' ? [block.picture] : [])

/** The user guide in the app: contents, pages with their pictures, and search. All of it is on the phone. */
import '../styles/help.css'
import { type Block, contents, type GuidePage, type Inline, pages, pictures } from 'virtual:guide'
import { useState } from 'preact/hooks'
import { t } from '../messages/help.ts'
import { language, storage } from '../state/index.ts'
import { Banner, Empty } from '../ui/banner.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { finds } from '../ui/fold.ts'
import { Icon } from '../ui/icon.tsx'
import { href, route } from '../ui/router.ts'
import { SearchField } from '../ui/search-field.tsx'
import { ShowAll } from '../ui/show-all.tsx'
import { Page } from './frame.tsx'
import { help_opened_at } from './help-link.tsx'
import { page_of_problem, page_of_screen, sign_of_page } from './help-signs.ts'

export function Help() {
  const [, name] = route.value
  const page = pages.find((page) => page.name === name)
  return page ? <Topic key={page.name} page={page} /> : <Contents />
}

const InVietnamese = () =>
  language.value === 'en' ? <Banner icon="note">{t('only_vietnamese')}</Banner> : null

/** What there is, by whom it is for; while something is searched, where it stands. */
function Contents() {
  const [query, set_query] = useState('')
  const here = pages.find(({ name }) => name === page_of_screen(help_opened_at()))
  const found = query ? found_first(query) : []
  return (
    <Page title={t('help')} back={help_opened_at()}>
      <InVietnamese />
      <SearchField value={query} onChange={set_query} label={t('search_help')} />
      {query ? (
        <div class="stack" role="status">
          {found.length ? (
            <Rows pages={found} query={query} />
          ) : (
            <Empty icon="search" action={<ShowAll onClick={() => set_query('')} />}>
              {t('nothing_found')}
            </Empty>
          )}
        </div>
      ) : (
        <>
          {here && (
            <section class="stack">
              <h2>{t('this_screen')}</h2>
              <Rows pages={[here]} />
            </section>
          )}
          <div class="stack" lang="vi">
            {contents.blocks.map((block, index) =>
              block.kind === 'list' ? (
                <Rows key={index} pages={block.items.flat().flatMap(page_linked)} />
              ) : (
                <Shown key={index} block={block} />
              ),
            )}
          </div>
        </>
      )}
    </Page>
  )
}

/** Pages that are about it, then those that speak of it. */
const found_first = (query: string): GuidePage[] => {
  const found = pages.filter((page) => finds(words_of(page), query))
  const about = found.filter(({ title }) => finds(title, query))
  return [...about, ...found.filter((page) => !about.includes(page))]
}

const page_linked = (part: Inline): GuidePage[] =>
  typeof part === 'object' && 'to' in part ? pages.filter(({ name }) => name === part.to) : []

const Rows = ({ pages, query }: { pages: readonly GuidePage[]; query?: string }) => (
  <ul class="rows" lang="vi">
    {pages.map((page) => (
      <li key={page.name}>
        <a class="row help-row" href={href('help', page.name)}>
          <Icon name={sign_of_page(page.name)} />
          <span>
            <b class="row-main">{page.title}</b>
            {query && <small>{line_with(page, query)}</small>}
          </span>
          <Icon name="next" />
        </a>
      </li>
    ))}
  </ul>
)

function Topic({ page }: { page: GuidePage }) {
  return (
    <Page title={page.title} back={href('help')}>
      <Article page={page} />
      <ButtonLink icon="book" to={href('help')}>
        {t('back_to_contents')}
      </ButtonLink>
    </Page>
  )
}

const Article = ({ page }: { page: GuidePage }) => (
  <>
    <InVietnamese />
    <article class="help stack" lang="vi">
      {page.blocks.map((block, index) => (
        <Shown key={index} block={block} />
      ))}
    </article>
  </>
)

/** What a sheet over a screen shows: the page about it, and the pages that it leads to. */
export function About({ page: first }: { page: string | undefined }) {
  const [name, set_name] = useState(
    first ?? page_of_problem(storage.value.problem) ?? page_of_screen(location.hash),
  )
  const page = pages.find((page) => page.name === name)
  if (!page) return null
  const follow = (event: Event) => {
    const [, to] = /#\/help\/(.+)$/.exec((event.target as Element).closest('a')?.hash ?? '') ?? []
    if (!to) return
    event.preventDefault() // The screen below stays as it is.
    set_name(to)
  }
  return (
    // biome-ignore lint/a11y: the links in it are reached by the keyboard.
    <div key={name} class="stack" onClick={follow}>
      <h3 lang="vi">{page.title}</h3>
      <Article page={page} />
    </div>
  )
}

function Shown({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return <h2>{shown(block.text)}</h2>
    case 'words':
      return <p>{shown(block.text)}</p>
    case 'picture':
      return <Picture {...block} />
    case 'steps':
      return (
        <ol class="help-steps">
          {block.items.map((item, index) => (
            <li key={index}>
              <span>{shown(item)}</span>
            </li>
          ))}
        </ol>
      )
    case 'list':
      return (
        <ul class="help-list">
          {block.items.map((item, index) => (
            <li key={index}>{shown(item)}</li>
          ))}
        </ul>
      )
  }
}

const shown = (text: readonly Inline[]) =>
  text.map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : 'label' in part ? (
      <b key={index} class="help-label">
        {part.label}
      </b>
    ) : 'strong' in part ? (
      <b key={index}>{part.strong}</b>
    ) : (
      <a key={index} href={href('help', part.to)}>
        {part.text}
      </a>
    ),
  )

/** A picture that is not kept yet says so; its words stand all the same. */
function Picture({ picture, alt }: { picture: string; alt: string }) {
  const [missing, set_missing] = useState(false)
  if (missing)
    return (
      <Banner icon="offline">
        {alt} · {t('picture_not_here')}
      </Banner>
    )
  return (
    <img
      class="help-picture"
      src={pictures[picture]}
      alt={alt}
      width="360"
      height="640"
      onError={() => set_missing(true)}
    />
  )
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

const words_of = (page: GuidePage): string => [page.title, ...lines_of(page)].join(' ')

/** The first line in which all that is searched stands, else the first of its words. */
const line_with = (page: GuidePage, query: string): string => {
  const lines = lines_of(page)
  const [first = ''] = query.trim().split(/\s+/)
  return (
    lines.find((line) => finds(line, query)) ?? lines.find((line) => finds(line, first)) ?? lines[0] ?? ''
  )
}

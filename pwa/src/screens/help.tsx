/** The user guide in the app: contents, pages with their pictures, and search. All of a member's is on the phone. */
import '../styles/help.css'
import type { GuidePage } from 'virtual:guide/member'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/help.ts'
import { t as t_app } from '../messages/index.ts'
import { session, storage } from '../state/index.ts'
import { Banner, Empty } from '../ui/banner.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { href, route } from '../ui/router.ts'
import { SearchField } from '../ui/search-field.tsx'
import { ShowAll } from '../ui/show-all.tsx'
import { Page } from './frame.tsx'
import { Article, InVietnamese, Shown } from './help-article.tsx'
import {
  found_first,
  line_with,
  load_staff_parts,
  page_linked,
  page_named,
  parts,
  standing,
} from './help-guide.ts'
import { help_opened_at } from './help-link.tsx'
import { page_of_problem, page_of_screen, sign_of_page } from './help-signs.ts'

export function Help() {
  useEffect(load_staff_parts, [session.value?.user.role])
  const [, name] = route.value
  const page = page_named(name)
  return page ? <Topic key={page.name} page={page} /> : <Contents />
}

/** That a part for staff is on its way, or needs a network once. */
function Missing() {
  if (standing.value === 'here') return null
  if (standing.value === 'loading') return <p role="status">{t_app('loading')}</p>
  return (
    <Banner icon="offline" action={<Button onClick={() => location.reload()}>{t_app('try_again')}</Button>}>
      {t_app('needs_network_once')}
    </Banner>
  )
}

/** The page about the screen at this address. */
const page_about = (address: string): string => page_of_screen(address, session.value?.user.role ?? 'member')

/** What there is, by whom it is for; while something is searched, where it stands. */
function Contents() {
  const [query, set_query] = useState('')
  const here = page_named(page_about(help_opened_at()))
  const found = query ? found_first(query) : []
  return (
    <Page title={t('help')} back={help_opened_at()}>
      <InVietnamese />
      <SearchField value={query} onChange={set_query} label={t('search_help')} />
      <Missing />
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
          {parts.value.map(({ contents }, part) => (
            <div key={part} class="stack" lang="vi">
              {contents.map((block, index) =>
                block.kind === 'list' ? (
                  <Rows key={index} pages={block.items.flat().flatMap(page_linked)} />
                ) : (
                  <Shown key={index} block={block} />
                ),
              )}
            </div>
          ))}
        </>
      )}
    </Page>
  )
}

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

/** What a sheet over a screen shows: the page about it, and the pages that it leads to. */
export function About({ page: first }: { page: string | undefined }) {
  useEffect(load_staff_parts, [])
  const [name, set_name] = useState(
    first ?? page_of_problem(storage.value.problem) ?? page_about(location.hash),
  )
  const page = page_named(name)
  if (!page) return <Missing />
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

import { signal } from '@preact/signals'
import type { ComponentChildren, ComponentType } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { clear_last_sale, half_typed, last_sale, session, unsent } from '../state/index.ts'
import { frame_drawn } from '../ui/frame_drawn.ts'
import { heading_tool, help_tool } from '../ui/heading_tool.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { href, route } from '../ui/router.ts'
import { Notices } from './notices.tsx'

/** The sheet with language and sign-out; any screen's top may open it. */
export const account_open = signal(false)

// Where each screen was left, so that coming back from a record finds the book where it was.
history.scrollRestoration = 'manual'
const left_at = new Map<string, number>()
let present = location.hash
/** Where the window stands; asking for it would have the page laid out. */
let scrolled_to = 0
const scroll_to = (y: number): void => {
  if (y !== scrolled_to) scrollTo(0, y)
  scrolled_to = y
}
addEventListener(
  'scroll',
  () => {
    scrolled_to = scrollY
    left_at.set(present, scrolled_to)
  },
  { passive: true },
)

/** A tab begins at its top, also the one that stands; only coming back from a record finds the old place. */
function begin(tab: string): void {
  left_at.delete(tab)
  if (tab === present) scroll_to(0)
}

let launched = false
let was_inside = false

/** Inwards from the right, back out from the left; not where a tick is due, and not for who wants no motion. */
function slide(page: HTMLElement | null, is_inside: boolean): void {
  const moved = is_inside !== was_inside
  was_inside = is_inside
  if (!launched || !moved || last_sale.value || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const from = { transform: `translateX(${is_inside ? '' : '-'}2rem)`, opacity: 0 }
  page?.animate([from, {}], { duration: 160, easing: 'ease-out' })
}

interface PageProps {
  title: string
  /** Where the arrow at the top goes; screens of the tabs have none. */
  back?: string
  wide?: boolean
  /** Two columns where there is room: what stands first keeps the left. */
  columns?: boolean
  hidden?: boolean
  /** Stands beside the heading of this screen alone. */
  tool?: ComponentType | null
  children: ComponentChildren
}

/** A screen under its cloth. Its heading takes the focus once it is drawn, so that it is read and the keyboard starts here. */
export function Page({ title, back, wide, columns, hidden, tool: Own, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const main = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (hidden) return
    document.title = `${title} · Chợ Phiên`
    present = location.hash
    // A new page is at its top, and asking for it would have it laid out twice.
    if (launched) {
      scroll_to(left_at.get(present) ?? 0)
      const before = document.activeElement
      void frame_drawn().then(() => {
        // Unless something else was given it, or taken up, meanwhile.
        const { activeElement, body } = document
        if (activeElement === body || (activeElement === before && !main.current?.contains(before)))
          heading.current?.focus({ preventScroll: true })
      })
    }
    slide(main.current, back !== undefined)
    launched = true
  }, [title, hidden])
  const name = session.value?.user.name
  const Tool = heading_tool.value
  const Help = help_tool.value
  return (
    <div class="screen" hidden={hidden}>
      <header class="top">
        <div class="top-row">
          {back && (
            <a class="back" href={back} aria-label={t('back')}>
              <Icon name="back" />
            </a>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {Tool && !hidden && <Tool />}
          {back && Help && !hidden && <Help />}
          {Own && !hidden && <Own />}
          {!back && name && (
            <button
              type="button"
              class="who"
              aria-label={t('account_of', { name })}
              onClick={() => {
                account_open.value = true
              }}
            >
              <span>{name}</span>
            </button>
          )}
        </div>
        <div class="brocade" />
      </header>
      <main ref={main} class={`page stack${wide ? ' wide' : ''}${columns ? ' columns' : ''}`}>
        {!back && <Notices />}
        {children}
      </main>
    </div>
  )
}

export interface Tab {
  to: string
  icon: IconName
  label: string
}

export const Tabs = ({ tabs }: { tabs: readonly Tab[] }) => (
  <nav class="tabs" aria-label={t('tabs')}>
    {tabs.map(({ to, icon, label }) => (
      <a
        key={to}
        href={href(to)}
        onClick={() => begin(href(to))}
        aria-current={(route.value[0] ?? tabs[0]?.to) === to ? 'page' : undefined}
      >
        <Icon name={icon} />
        {label}
        {to === 'send' && unsent.value > 0 && (
          <span class="count number">
            {unsent.value > 99 ? '99+' : unsent.value}
            <span class="unseen"> {t('only_here')}</span>
          </span>
        )}
      </a>
    ))}
  </nav>
)

/** Says that something is half typed here while the screen stands: no update is taken then. */
export function useHalfTyped(typed = true): void {
  // The tick of an earlier sale goes: what is ticked from now on was typed here.
  useEffect(clear_last_sale, [])
  useEffect(() => {
    half_typed.value = typed
    return () => {
      half_typed.value = false
    }
  }, [typed])
}

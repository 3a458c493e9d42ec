import '../../styles/empty.css'
import '../../styles/screens.css'
import '../../styles/sheet.css'
import '../../styles/staff.css'
import '../../styles/invite.css'
import '../../ui/more_icons.ts'
import { t } from '../../messages/staff.ts'
import { session } from '../../state/index.ts'
import { lazy } from '../../ui/lazy.tsx'
import { href, route } from '../../ui/router.ts'
import { Page } from '../frame.tsx'
import { HelpTool } from '../help-mark.tsx'
import { useCurrentInView } from './in-view.ts'
import { Listings } from './listings.tsx'
import { History } from './reviews/history.tsx'
import { Reviews } from './reviews/queue.tsx'
import { Sales } from './sales.tsx'

const Board = lazy(() => import('./board.tsx')).part((module) => module.default)
const People = lazy(() => import('./people.tsx')).part((module) => module.default)
const Money = lazy(() => import('./money.tsx')).part((module) => module.default)
const Reports = lazy(() => import('./reports.tsx')).part((module) => module.default)
const Files = lazy(() => import('./files.tsx')).part((module) => module.default)
const Voices = lazy(() => import('./recorder.tsx')).part((module) => module.default)

const SECTIONS = {
  sales: Sales,
  money: Money,
  listings: Listings,
  members: People,
  reviews: Reviews,
  board: Board,
  reports: Reports,
  files: Files,
  voices: Voices,
} as const
type Section = keyof typeof SECTIONS

/** The manager's part of the co-operative: what was sold, what waits for approval, who sends, what needs a look. */
export function Office() {
  const [, section = 'sales', entity = '', id = ''] = route.value
  useCurrentInView('.sections', section)
  if (section === 'history')
    return (
      <History
        entity={entity}
        id={id}
        coop={session.value?.coop?.id ?? ''}
        back={href('office', 'reviews')}
      />
    )
  const Shown = SECTIONS[section as Section] ?? Sales
  return (
    <Page title={session.value?.coop?.name ?? t('office')} wide tool={HelpTool}>
      <nav class="sections" aria-label={t('sections')}>
        {Object.keys(SECTIONS).map((name) => (
          <a key={name} href={href('office', name)} aria-current={name === section ? 'page' : undefined}>
            {t(name as Section)}
          </a>
        ))}
      </nav>
      <Shown />
    </Page>
  )
}

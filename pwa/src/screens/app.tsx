import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/frame.css'
import '../styles/notices.css'
import '../styles/parts.css'
import '../styles/weave.css'
import '../styles/sell.css'
import '../styles/entry.css'
import { useEffect } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { gate, half_typed, readiness, session, storage } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { heading_tool, help_tool } from '../ui/heading_tool.ts'
import { lazy } from '../ui/lazy.tsx'
import { route } from '../ui/router.ts'
import { account_open, Tabs } from './frame.tsx'
import { member } from './lazy_member.ts'
import { password_open } from './notices.tsx'
import { Sell } from './sell.tsx'
import { SellListing } from './sell-entry.tsx'
import { SavedToast } from './toast.tsx'

const Account = member.part((screens) => screens.Account)
const Book = member.part((screens) => screens.Book)
const CorrectSale = member.part((screens) => screens.CorrectSale)
const FirstSync = member.part((screens) => screens.FirstSync)
const Goods = member.part((screens) => screens.Goods)
const Help = member.part((screens) => screens.Help)
const Listing = member.part((screens) => screens.Listing)
const NewListing = member.part((screens) => screens.NewListing)
const PasswordAgain = member.part((screens) => screens.PasswordAgain)
const Sale = member.part((screens) => screens.Sale)
const SellOther = member.part((screens) => screens.SellOther)
const Send = member.part((screens) => screens.Send)
const SignIn = member.part((screens) => screens.SignIn)
const enrol = lazy(() => import('./enrol.tsx'))
const Enrol = enrol.part((screens) => screens.Enrol)
const Board = lazy(() => import('./board.tsx')).part((screens) => screens.Board)
const Statement = lazy(() => import('./statement.tsx')).part((screens) => screens.Statement)
const Gate = lazy(() => import('./accounts.tsx')).part((screens) => screens.Gate)
const Office = lazy(() => import('./office/index.tsx')).part((screens) => screens.Office)
const Province = lazy(() => import('./province/index.tsx')).part((screens) => screens.Province)

/** When the other screens are fetched: the sell screen has the phone to itself until then. */
const AHEAD_MS = 1500

/** Which screen stands: by how far the phone is, then by who is signed in, then by the address. */
export function App() {
  useEffect(() => {
    const timer = setTimeout(() => {
      member.ahead()
      if (readiness.value === 'signed_out') enrol.ahead()
    }, AHEAD_MS)
    return () => clearTimeout(timer)
  }, [])
  const enrols = route.value[0] === 'enrol'
  const locked = gate.value !== 'open' && !enrols
  // Under the lock only what is half typed stays; it is nobody else's when they open their own book.
  const stays = !locked || half_typed.value
  return (
    <>
      {locked && <Gate />}
      <div class={locked ? '' : 'app'} hidden={locked}>
        {session.value?.demo && <aside class="ribbon">{t('demo_ribbon')}</aside>}
        {enrols ? (
          <Enrol />
        ) : route.value[0] === 'help' ? (
          <Help />
        ) : (
          stays && <Screens key={session.value?.user.id} />
        )}
        {!locked && readiness.value !== 'first_sight' && account_open.value && <Account />}
        {!locked && password_open.value && <PasswordAgain />}
      </div>
    </>
  )
}

function Screens() {
  switch (readiness.value) {
    case 'starting':
      return storage.value.problem ? <StorageBroken /> : <div class="brocade" />
    case 'storage_error':
      return <StorageBroken />
    case 'signed_out':
      return <SignIn />
    case 'first_sync':
      return <FirstSync />
    case 'first_sight':
      // Other screens read the book, which is being opened.
      return (route.value[0] ?? 'sell') === 'sell' ? <Market /> : <div class="brocade" />
    case 'ready':
      return session.value?.user.role === 'admin' ? <Province /> : <Market />
  }
}

/**
 * The store did not open, also not when tried again, or waits for another tab. Nothing is deleted: what is in it may
 * open tomorrow.
 */
const StorageBroken = () => (
  <main>
    <div class="brocade" />
    <div class="page stack">
      <h1>Chợ Phiên</h1>
      <Banner tone="bad" icon="disk">
        {t(`storage_${storage.value.problem ?? 'broken'}`)}
      </Banner>
      <Button kind="main" icon="undo" onClick={() => location.reload()}>
        {t('try_again')}
      </Button>
      <div class="tools">
        {heading_tool.value && <heading_tool.value />}
        {help_tool.value && <help_tool.value />}
      </div>
    </div>
  </main>
)

const TABS = [
  { to: 'sell', icon: 'sell', label: 'tab_sell' },
  { to: 'goods', icon: 'goods', label: 'tab_goods' },
  { to: 'book', icon: 'book', label: 'tab_book' },
  { to: 'office', icon: 'people', label: 'tab_office' },
  { to: 'send', icon: 'send', label: 'tab_send' },
] as const

/** The member's screens; a manager has the office between them. */
function Market() {
  const manages = session.value?.user.role === 'manager'
  const [tab = 'sell', id, step] = route.value
  const typing = (tab === 'sell' && id) || id === 'new' || (step && tab !== 'office')
  return (
    <>
      {tab === 'goods' ? (
        id === 'new' ? (
          <NewListing />
        ) : id ? (
          <Listing key={id} id={id} />
        ) : (
          <Goods />
        )
      ) : tab === 'book' ? (
        <>
          <Book hidden={Boolean(id)} />
          {id && (step ? <CorrectSale key={id} id={id} /> : <Sale key={id} id={id} />)}
        </>
      ) : tab === 'send' ? (
        <Send />
      ) : tab === 'board' ? (
        <Board />
      ) : tab === 'statement' ? (
        <Statement />
      ) : tab === 'office' && manages ? (
        <Office />
      ) : (
        <>
          <Sell hidden={Boolean(id)} />
          {id === 'other' ? <SellOther /> : id && <SellListing key={id} id={id} />}
        </>
      )}
      <div aria-live="polite">{(tab === 'sell' || (tab === 'book' && !id)) && <SavedToast key={tab} />}</div>
      {!typing && (
        <Tabs
          tabs={TABS.filter(({ to }) => to !== 'office' || manages).map((tab) => ({
            ...tab,
            label: t(tab.label),
          }))}
        />
      )}
    </>
  )
}

import { effect } from '@preact/signals'
import { t } from '../messages/screens.ts'
import { keep_help_offline } from '../state/help.ts'
import { photos, send_state, session } from '../state/index.ts'
import { Icon } from '../ui/icon.tsx'
import { lazy } from '../ui/lazy.tsx'
import { href, route } from '../ui/router.ts'

export const help = lazy(() => import('./help.tsx'))
export const Help = help.part((screen) => screen.Help)

let opened_at = ''

/** Where the help was opened; its way back leads there. */
export const help_opened_at = (): string => opened_at || href()

/** Opens the help, at a page of the guide or at its contents. `onOpen`: what must close before. */
export const HelpLink = ({ page, onOpen }: { page?: string; onOpen?: () => void }) => (
  <a
    class="button quiet"
    href={page ? href('help', page) : href('help')}
    onClick={() => {
      if (route.value[0] !== 'help') opened_at = location.hash
      onOpen?.()
    }}
  >
    <Icon name="question" />
    <span>{t('help')}</span>
  </a>
)

// The guide and its pictures come last: once all that was recorded, photos too, is where it belongs.
let kept_for = ''
effect(() => {
  const { checked_at_ms, syncing } = send_state.value
  const role = session.value?.user.role
  if (!role || role === kept_for || syncing || checked_at_ms === null || photos.value.waiting > 0) return
  kept_for = role
  void keep_help_offline(role)
})

import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { t } from '../messages/index.ts'
import { Empty } from './banner.tsx'
import { Button } from './button.tsx'

/** A component that is downloaded when it is first shown. Offline before that, it says so and can be tried again. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  const loaded = signal<{ component: ComponentType } | 'failed' | null>(null)
  const fetch = () => {
    loaded.value = null
    load().then(
      (component) => {
        loaded.value = { component }
      },
      () => {
        loaded.value = 'failed'
      },
    )
  }
  let asked = false
  return function Lazy() {
    if (!asked) {
      asked = true
      queueMicrotask(fetch)
    }
    if (loaded.value === 'failed')
      return (
        <Empty icon="offline" action={<Button onClick={fetch}>{t('try_again')}</Button>}>
          {t('needs_network_once')}
        </Empty>
      )
    if (!loaded.value) return <Empty icon="clock">{t('loading')}</Empty>
    const { component: Loaded } = loaded.value
    return <Loaded />
  }
}

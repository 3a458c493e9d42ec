import type { Block, GuidePage, Inline } from 'virtual:guide/member'
import { useState } from 'preact/hooks'
import { t } from '../messages/help.ts'
import { language } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { href } from '../ui/router.ts'
import { picture_named } from './help-guide.ts'

export const InVietnamese = () =>
  language.value === 'en' ? <Banner icon="note">{t('only_vietnamese')}</Banner> : null

/** What a page says, under its title. */
export const Article = ({ page }: { page: GuidePage }) => (
  <>
    <InVietnamese />
    <article class="help stack" lang="vi">
      {page.blocks.map((block, index) => (
        <Shown key={index} block={block} />
      ))}
    </article>
  </>
)

export function Shown({ block }: { block: Block }) {
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
  const found = picture_named(picture)
  if (missing || !found)
    return (
      <Banner icon="offline">
        {alt} · {t('picture_not_here')}
      </Banner>
    )
  const { address, width, height } = found
  return (
    <img
      class={`help-picture${width > height ? ' of-desk' : ''}`}
      src={address}
      alt={alt}
      width={width}
      height={height}
      onError={() => set_missing(true)}
    />
  )
}

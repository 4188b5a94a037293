//! The shapes of each scene. Class names carry the colours (`style/drawings.css`).

use super::Scene;

/// What stands inside the `<svg>` of a scene: a soft ground, the floor, and the thing itself.
pub(super) fn shapes(scene: Scene) -> String {
    [GROUND, thing(scene)].concat()
}

const GROUND: &str = r#"<path class="d-sand" d="M24 96C12 62 40 28 82 22c32-4 52 8 74 16 24 9 32 36 24 58l-7 30H33z"/><path class="d-floor" d="M12 126h176"/>"#;

const fn thing(scene: Scene) -> &'static str {
    match scene {
        Scene::Search => {
            r#"<path class="d-gold" d="M34 84l22-18 22 18v42H34z"/><path class="d-deep" d="M29 86l27-23 27 23" fill="none"/><path class="d-paper" d="M49 98h14v28H49z"/><path class="d-green" d="M84 56h44v70H84z"/><path class="d-deepfill" d="M80 50h52v9H80z"/><path class="d-paper" d="M92 68h10v12H92zM110 68h10v12h-10zM92 90h10v12H92zM110 90h10v12h-10z"/><circle class="d-glass" cx="134" cy="76" r="27"/><path class="d-handle" d="M154 97l17 19"/><path class="d-shine" d="M119 68a17 17 0 0 1 11-9"/>"#
        }
        Scene::Calendar => {
            r#"<rect class="d-paper d-edge" x="54" y="34" width="92" height="84" rx="10"/><path class="d-green" d="M54 56V44a10 10 0 0 1 10-10h72a10 10 0 0 1 10 10v12z"/><path class="d-deep" d="M76 28v13M124 28v13"/><g class="d-sand2"><rect x="64" y="66" width="15" height="12" rx="3"/><rect x="83" y="66" width="15" height="12" rx="3"/><rect x="102" y="66" width="15" height="12" rx="3"/><rect x="121" y="66" width="15" height="12" rx="3"/><rect x="64" y="82" width="15" height="12" rx="3"/><rect x="83" y="82" width="15" height="12" rx="3"/><rect x="121" y="82" width="15" height="12" rx="3"/><rect x="64" y="98" width="15" height="12" rx="3"/><rect x="83" y="98" width="15" height="12" rx="3"/></g><rect class="d-gold" x="100" y="80" width="19" height="16" rx="4"/><path class="d-leaf" d="M160 126c-10-16-4-30 4-36 6 10 8 22-4 36zM164 126c2-12 10-18 18-18 0 10-6 16-18 18z"/>"#
        }
        Scene::Letterbox => {
            r#"<path class="d-wood" d="M92 96h12v30H92z"/><path class="d-green" d="M58 98V66a20 20 0 0 1 20-20h46a20 20 0 0 1 20 20v32z"/><path class="d-deepfill" d="M58 98V66a20 20 0 0 1 40 0v32z"/><path class="d-ink" d="M66 66a12 12 0 0 1 24 0v22H66z"/><path class="d-deep" d="M130 62V40"/><path class="d-gold" d="M130 38h20l-5 7 5 7h-20z"/><path class="d-paper" d="M108 78h26v4h-26z"/><path class="d-leaf" d="M44 126c-8-12-3-24 2-28 6 8 8 18-2 28z"/>"#
        }
        Scene::Reviews => {
            r#"<path class="d-paper d-edge" d="M44 40h82a12 12 0 0 1 12 12v34a12 12 0 0 1-12 12H86l-18 16V98H44a12 12 0 0 1-12-12V52a12 12 0 0 1 12-12z"/><path class="d-gold" d="M85 50l5.6 11.4 12.6 1.8-9.1 8.9 2.1 12.5L85 78.7l-11.2 5.9 2.1-12.5-9.1-8.9 12.6-1.8z"/><path class="d-green" d="M126 72h34a10 10 0 0 1 10 10v22a10 10 0 0 1-10 10h-4v12l-14-12h-16a10 10 0 0 1-10-10V82a10 10 0 0 1 10-10z"/><path class="d-lines" d="M128 86h30M128 98h20"/>"#
        }
        Scene::Shelf => {
            r#"<path class="d-wood" d="M28 96h144v8H28zM44 104h6v12h-6zM150 104h6v12h-6z"/><path class="d-gold" d="M116 64h40v32h-40z"/><path class="d-tape" d="M132 64h8v32h-8z"/><path class="d-rose" d="M50 74h28l-4 22H54z"/><path class="d-leaf" d="M64 74c-16-6-18-20-14-30 10 4 16 14 14 30zM64 74c0-16 6-28 16-34 6 12 2 26-16 34zM64 74c-2-14-2-26 0-42"/>"#
        }
        Scene::Signpost => {
            r#"<path class="d-wood" d="M95 36h10v90H95z"/><path class="d-green" d="M56 46h70l14 13-14 13H56z"/><path class="d-gold" d="M144 80H78L64 92l14 12h66z"/><path class="d-lines" d="M70 59h44"/><path class="d-lines-ink" d="M88 92h42"/><path class="d-sky" d="M93 36c-2-10 4-16 12-16 6 0 8 4 8 8l7 2-7 3c-2 5-6 7-10 7z"/><circle class="d-ink" cx="107" cy="26" r="1.6"/><path class="d-leaf" d="M148 126c-8-12-3-24 2-28 6 8 8 18-2 28zM54 126c-10-8-14-18-12-26 10 4 14 14 12 26z"/>"#
        }
        Scene::Door => {
            r#"<path class="d-wood" d="M62 48h76v78H62z"/><path class="d-green" d="M70 56h60v70H70z"/><path class="d-deepfill" d="M78 64h44v22H78zM78 94h44v24H78z"/><circle class="d-gold" cx="124" cy="92" r="4"/><path class="d-gold" d="M54 30h23l-3 18a11 11 0 0 1-22-1z"/><path class="d-paper d-edge" d="M77 30h23v17a11.5 11.5 0 0 1-26 1z"/><path class="d-gold" d="M100 30h23l3 18a13 13 0 0 1-26-1z"/><path class="d-paper d-edge" d="M123 30h23l2 17a11 11 0 0 1-22 1z"/><path class="d-deep" d="M100 68v6"/><path class="d-paper d-edge" d="M86 74h28v12H86z"/><path class="d-leaf" d="M158 126c-10-16-4-30 4-36 6 10 8 22-4 36z"/><path class="d-rose" d="M150 112h22l-3 14h-16z"/>"#
        }
        Scene::Taken => {
            r#"<path class="d-wood" d="M66 42h8v84h-8zM114 78h8v48h-8z"/><path class="d-woodlight" d="M66 76h58v9H66z"/><path class="d-wood" d="M74 50h28v5H74zM74 62h28v5H74z"/><path class="d-green" d="M60 44c12-8 34-6 40 2 6 10 2 44 4 60H84c-2-18-4-30-12-30s-6 14-8 24H52c0-24 0-46 8-56z"/><path class="d-gold" d="M82 34c-2-12 6-18 16-18s18 6 16 18z"/><path class="d-ink" d="M74 34h48v6H74z"/><circle class="d-paper d-edge" cx="152" cy="50" r="18"/><path class="d-deep" d="M152 39v11l8 5"/>"#
        }
        Scene::Parcel => {
            r#"<path class="d-gold" d="M36 62h84v64H36z"/><path class="d-tape" d="M70 62h16v64H70z"/><path class="d-wood" d="M36 62l14-18h84l-14 18z"/><path class="d-woodlight" d="M120 62l14-18v62l-14 20z"/><path class="d-green" d="M148 58h32v68h-32z"/><path class="d-ink" d="M154 72h20v5h-20z"/><path class="d-paper" d="M154 88h20v14h-20z"/>"#
        }
        Scene::Tea => {
            r#"<path class="d-green" d="M48 72h68v24a26 26 0 0 1-26 26H74a26 26 0 0 1-26-26z"/><path class="d-handlegreen" d="M116 80h8a12 12 0 0 1 0 24h-10"/><path class="d-wood" d="M38 120h88v6H38z"/><path class="d-steam" d="M66 60c-6-8 6-12 0-22M82 60c-6-8 6-14 0-26M98 60c-6-8 6-12 0-22"/><path class="d-wood" d="M144 64h32v6h-32zM144 120h32v6h-32z"/><path class="d-paper d-edge" d="M148 70h24c0 14-8 18-8 25s8 11 8 25h-24c0-14 8-18 8-25s-8-11-8-25z"/><path class="d-gold" d="M153 82h14c-2 6-6 8-7 13-1-5-5-7-7-13zM150 120c1-9 6-11 10-13 4 2 9 4 10 13z"/>"#
        }
        Scene::Pipe => {
            r#"<path class="d-pipe" d="M12 52h66a14 14 0 0 1 14 14v8"/><path class="d-sky" d="M82 74h20v10H82zM60 40h10v24H60z"/><path class="d-water" d="M92 92c-6 8-6 12 0 14 6-2 6-6 0-14z"/><path class="d-water" d="M100 84c10 4 12 10 16 12M84 84c-8 4-10 8-12 12" fill="none"/><path class="d-gold" d="M72 104h42l-5 22H77z"/><path class="d-deep" d="M74 104c4-14 34-14 38 0" fill="none"/><path class="d-ink" d="M128 118l26-38c-4-10 2-20 12-22l-4 12 8 6 10-6c2 10-6 18-16 16l-26 38c-6 4-14-0-10-6z"/>"#
        }
        Scene::Shutters => {
            r#"<path class="d-wood" d="M40 44h120v82H40z"/><path class="d-paper d-edge" d="M50 62h100v64H50z"/><path class="d-slats" d="M50 74h100M50 86h100M50 98h100M50 110h100"/><path class="d-green" d="M34 28h26l-3 26a12 12 0 0 1-24 0zM86 28h28v26a14 14 0 0 1-28 0zM140 28h26l1 26a12 12 0 0 1-24 0z"/><path class="d-gold" d="M60 28h26v26a14 14 0 0 1-29 0zM114 28h26l3 26a14 14 0 0 1-29 0z"/><path class="d-deep" d="M90 76l10-8 10 8"/><circle class="d-gold" cx="100" cy="92" r="16"/><path class="d-deep" d="M100 83v9l6 4"/>"#
        }
        Scene::Form => {
            r#"<rect class="d-paper d-edge" x="56" y="28" width="76" height="98" rx="8"/><path class="d-linessand" d="M70 48h48M70 62h48M70 90h30"/><rect class="d-rose" x="66" y="70" width="56" height="14" rx="4"/><path class="d-gold" d="M112 112l40-58 13 9-40 58-15 5z"/><path class="d-ink" d="M110 126l2-14 13 9z"/><path class="d-rose" d="M152 54l5-7 13 9-5 7z"/>"#
        }
        Scene::OneTime => {
            r#"<rect class="d-paper d-edge" x="50" y="34" width="82" height="78" rx="10"/><path class="d-green" d="M50 54V44a10 10 0 0 1 10-10h62a10 10 0 0 1 10 10v10z"/><g class="d-sand2"><rect x="60" y="64" width="16" height="12" rx="3"/><rect x="82" y="64" width="16" height="12" rx="3"/><rect x="104" y="64" width="16" height="12" rx="3"/><rect x="60" y="84" width="16" height="12" rx="3"/></g><rect class="d-gold" x="80" y="80" width="42" height="20" rx="5"/><path class="d-deep" d="M94 90l5 5 9-10"/><path class="d-skin" d="M122 96c-6-2-8-8-3-10 6-2 14 2 20 8l30 6v26h-24c-14 0-18-14-23-30z"/><path class="d-deepfill" d="M160 96h20v30h-20z"/>"#
        }
        Scene::Held => {
            r#"<path class="d-wood" d="M50 116h100v10H50z"/><path class="d-dome" d="M62 116V74a38 38 0 0 1 76 0v42z"/><circle class="d-wood" cx="100" cy="32" r="6"/><circle class="d-gold" cx="100" cy="92" r="22"/><circle class="d-coin" cx="100" cy="92" r="15"/><path class="d-deep" d="M93 92l5 5 9-10"/><path class="d-shine" d="M74 78a27 27 0 0 1 12-20"/>"#
        }
        Scene::Record => {
            r#"<path class="d-green" d="M44 46h52v80H44z"/><path class="d-deepfill" d="M44 46h10v80H44z"/><path class="d-paper d-edge" d="M96 46c14-8 44-8 58 0v72c-16-6-42-6-58 8z"/><path class="d-linessand" d="M108 62c10-4 24-4 34-1M108 76c10-4 24-4 34-1M108 90c8-3 16-3 22-2"/><path class="d-gold" d="M68 40h14v44l-7-7-7 7z"/><circle class="d-rose" cx="138" cy="102" r="11"/><path class="d-deep" d="M133 102l4 4 7-8"/>"#
        }
    }
}

//! Derived data: kept while it is good, thrown away when it is not.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::*;
use crate::Error;
use crate::analyzer::{Analyzer, Morphology};

/// The folder of the generation that serves.
fn current(folder: &Path) -> PathBuf {
    folder.join(fs::read_to_string(folder.join("current")).unwrap())
}

fn generations(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let hidden = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with('.');
    let mut files: Vec<_> = files.filter(|path| !hidden(path)).collect();
    files.sort();
    files
}

fn total(index: &Index) -> usize {
    index.search(&ask("dowód osobisty")).unwrap().total
}

fn rebuild(index: &Index, documents: Vec<Document>, cursor: i64) {
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(documents).unwrap();
    rebuild.finish(mark(cursor)).unwrap();
}

#[test]
fn a_new_index_is_empty_and_asks_to_be_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(&folder.path().join("data/index")).unwrap();
    assert_eq!((index.mark(), index.documents(), total(&index)), (None, 0, 0));
    index.verify().unwrap();
}

#[test]
fn the_mark_and_the_documents_survive_reopening() {
    let (folder, index) = city();
    assert_eq!((index.mark(), index.documents()), (Some(mark(1)), 15));
    index.apply(vec![Change::Remove(id(LOST_ID_CARD))], mark(2)).unwrap();
    let before = total(&index);
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.mark(), index.documents(), total(&index)), (Some(mark(2)), 14, before));
    index.apply(Vec::new(), mark(3)).unwrap();
    index.pass(mark(4));
    assert_eq!(index.mark(), Some(mark(4)));
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!(
        (index.mark(), total(&index)),
        (Some(mark(3)), before),
        "what was passed is told again"
    );
    index.verify().unwrap();
}

/// Harms a copy of a good index, and sees that it is noticed and mended.
fn harmed(what: &str, harm: impl FnOnce(&Path)) {
    let (folder, index) = city();
    index.apply(vec![Change::Remove(id(LOST_ID_CARD))], mark(2)).unwrap();
    drop(index);
    harm(&current(folder.path()));
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.mark(), index.documents(), total(&index)), (None, 0, 0), "{what}");
    rebuild(&index, cards(), 3);
    assert_eq!((index.mark(), total(&index)), (Some(mark(3)), 4), "{what}");
    drop(index);
    assert_eq!(Index::open(folder.path()).unwrap().mark(), Some(mark(3)), "{what}");
    assert_eq!(generations(folder.path()), 1, "{what}");
}

#[test]
fn a_damaged_description_is_noticed() {
    harmed("empty", |path| fs::write(path.join("meta.json"), "").unwrap());
    harmed("garbage", |path| fs::write(path.join("meta.json"), "\0garbage{").unwrap());
    harmed("other JSON", |path| fs::write(path.join("meta.json"), "{}").unwrap());
    harmed("missing", |path| fs::remove_file(path.join("meta.json")).unwrap());
    harmed("list of files", |path| fs::write(path.join(".managed.json"), "[").unwrap());
    harmed("everything", |path| fs::remove_dir_all(path).unwrap());
}

#[test]
fn damage_to_any_file_is_noticed() {
    let (folder, index) = city();
    let kinds: Vec<String> = files(&current(folder.path()))
        .iter()
        .map(|path| path.extension().unwrap().to_string_lossy().into_owned())
        .filter(|kind| kind != "json")
        .collect();
    drop(index);
    assert!(kinds.len() >= 6, "{kinds:?}");
    for kind in kinds.iter().chain([&"del".to_owned()]) {
        let pick = |path: &Path| {
            let mut files = files(path).into_iter();
            files.find(|file| file.extension().is_some_and(|one| one == kind.as_str())).unwrap()
        };
        harmed(&format!("{kind} deleted"), |path| fs::remove_file(pick(path)).unwrap());
        harmed(&format!("{kind} emptied"), |path| fs::write(pick(path), "").unwrap());
        harmed(&format!("{kind} cut short"), |path| {
            let bytes = fs::read(pick(path)).unwrap();
            fs::write(pick(path), &bytes[..bytes.len() - 9]).unwrap();
        });
        harmed(&format!("{kind} flipped"), |path| {
            let mut bytes = fs::read(pick(path)).unwrap();
            bytes[0] ^= 0x10;
            fs::write(pick(path), bytes).unwrap();
        });
    }
}

#[test]
fn a_damaged_pointer_is_noticed() {
    for pointer in ["", "nonsense", "../elsewhere", "0123456789abcdef-000001", "\u{0}"] {
        let (folder, index) = city();
        drop(index);
        fs::write(folder.path().join("current"), pointer).unwrap();
        let index = Index::open(folder.path()).unwrap();
        assert_eq!((index.mark(), index.documents()), (None, 0), "{pointer:?}");
        assert_eq!(generations(folder.path()), 1, "{pointer:?}");
    }
}

struct OtherVersion(Morphology);

impl Analyzer for OtherVersion {
    fn version(&self) -> String {
        "another".to_owned()
    }

    fn terms(&self, lower: &str, lang: Lang) -> Vec<String> {
        self.0.terms(lower, lang)
    }
}

#[test]
fn an_index_of_another_analyzer_is_stale() {
    let (folder, index) = city();
    drop(index);
    let other = Box::new(OtherVersion(Morphology::new()));
    let index = Index::open_with(folder.path(), other).unwrap();
    assert_eq!((index.mark(), index.documents()), (None, 0));
    assert_eq!(generations(folder.path()), 1);
}

#[test]
fn damage_under_a_serving_index_is_found_by_verifying() {
    let (folder, index) = city();
    index.verify().unwrap();
    let store = files(&current(folder.path()))
        .into_iter()
        .find(|path| path.extension().unwrap() == "store");
    let mut bytes = fs::read(store.as_ref().unwrap()).unwrap();
    bytes[3] ^= 1;
    fs::remove_file(store.as_ref().unwrap()).unwrap();
    fs::write(store.unwrap(), bytes).unwrap();
    let error = index.verify().unwrap_err();
    assert!(matches!(error, Error::Damaged(_)), "{error}");
    assert!(error.to_string().starts_with("the index is damaged: "), "{error}");
}

#[test]
fn only_one_handle_has_the_folder() {
    let (folder, index) = city();
    let error = Index::open(folder.path()).err().unwrap();
    assert!(matches!(error, Error::InUse(_)));
    assert!(error.to_string().ends_with("is in use by another process"), "{error}");
    let clone = index.clone();
    drop(index);
    assert!(Index::open(folder.path()).is_err());
    drop(clone);
    assert_eq!(Index::open(folder.path()).unwrap().mark(), Some(mark(1)));
}

#[test]
fn a_failed_commit_takes_nothing_in_and_can_be_repeated() {
    let (folder, index) = city();
    let (path, away) = (current(folder.path()), folder.path().join("away"));
    let change = || put(vec![card(60, "X-1", "Lodowisko", "Ślizgawka miejska.")]);
    fs::rename(&path, &away).unwrap();
    assert!(index.apply(change(), mark(2)).is_err());
    assert_eq!((index.mark(), total(&index)), (Some(mark(1)), 4));
    fs::rename(&away, &path).unwrap();
    index.apply(vec![], mark(2)).unwrap();
    assert_eq!(index.search(&ask("lodowisko")).unwrap().total, 0);
    index.apply(change(), mark(3)).unwrap();
    assert_eq!((index.mark(), index.search(&ask("lodowisko")).unwrap().total), (Some(mark(3)), 1));
}

#[test]
fn searches_go_on_while_the_index_is_rebuilt() {
    let (folder, index) = city();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let searching = scope.spawn(|| {
            let mut searches = 0;
            while !done.load(Ordering::Relaxed) {
                assert_eq!(total(&index), 4);
                searches += 1;
            }
            searches
        });
        for cursor in 2..7 {
            rebuild(&index, cards(), cursor);
            assert_eq!(index.mark(), Some(mark(cursor)));
        }
        done.store(true, Ordering::Relaxed);
        assert!(searching.join().unwrap() > 0);
    });
    assert_eq!((index.documents(), generations(folder.path())), (15, 1));
    index.verify().unwrap();
}

#[test]
fn a_rebuild_is_seen_only_when_it_is_finished() {
    let (folder, index) = city();
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(vec![card(70, "X-1", "Lodowisko", "Ślizgawka miejska.")]).unwrap();
    rebuild.add(vec![card(70, "X-1", "Lodowisko", "Ślizgawka przy ratuszu.")]).unwrap();
    assert!(matches!(index.rebuild(), Err(Error::RebuildRunning)));
    index.apply(vec![Change::Remove(id(LOST_ID_CARD))], mark(2)).unwrap();
    assert_eq!((total(&index), index.search(&ask("lodowisko")).unwrap().total), (3, 0));
    rebuild.finish(mark(9)).unwrap();
    assert_eq!((total(&index), index.documents(), index.mark()), (0, 1, Some(mark(9))));
    assert_eq!(found(&index.search(&ask("ratusz lodowisko")).unwrap()), [70]);
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.documents(), index.mark()), (1, Some(mark(9))));
}

#[test]
fn an_abandoned_rebuild_leaves_nothing_behind() {
    let (folder, index) = city();
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(vec![card(70, "X-1", "Lodowisko", "Ślizgawka miejska.")]).unwrap();
    assert_eq!(generations(folder.path()), 2);
    drop(rebuild);
    assert_eq!(generations(folder.path()), 1);
    assert_eq!((index.mark(), total(&index)), (Some(mark(1)), 4));
    drop(index.rebuild().unwrap());
}

#[test]
fn what_an_interrupted_rebuild_left_is_removed_at_opening() {
    let (folder, index) = city();
    let name = current(folder.path()).file_name().unwrap().to_string_lossy().into_owned();
    let left = folder.path().join(format!("{}-000099", &name[..16]));
    drop(index);
    fs::create_dir(&left).unwrap();
    fs::write(left.join("meta.json"), "half").unwrap();
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.mark(), generations(folder.path())), (Some(mark(1)), 1));
}

#[test]
fn an_index_may_be_shared_between_threads() {
    fn shared<T: Clone + Send + Sync>() {}
    shared::<Index>();
}

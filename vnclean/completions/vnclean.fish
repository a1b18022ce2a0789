# Made from the parsers of the commands by python tools/generate.py, with shtab 1.13
# (https://github.com/tqdm/shtab, Apache-2.0).  vnclean completion prints it.


# Parse current commandline:
# - _shtab_vnclean_cmdpath=(sub)command path seen so far
# - _shtab_vnclean_npos=number of positional arguments given after it
# - options are skipped based on _shtab_vnclean_opts_with_value & _shtab_vnclean_commands lists
function _shtab_vnclean_scan
  set -g _shtab_vnclean_cmdpath ''
  set -g _shtab_vnclean_npos 0
  set -l tokens (commandline -opc)
  set -e tokens[1]
  set -l expect_value 0
  for t in $tokens
    if test $expect_value -eq 1
      set expect_value 0
      continue
    end
    switch "$t"
      case '--*=*'
        continue
      case '-*'
        if contains -- $t $_shtab_vnclean_opts_with_value
          set expect_value 1
        end
        continue
      case '*'
        if test $_shtab_vnclean_npos -eq 0
          set -l candidate $t
          if test -n "$_shtab_vnclean_cmdpath"
            set candidate "$_shtab_vnclean_cmdpath $t"
          end
          if contains -- $candidate $_shtab_vnclean_commands
            set -g _shtab_vnclean_cmdpath $candidate
            continue
          end
        end
        set -g _shtab_vnclean_npos (math $_shtab_vnclean_npos + 1)
    end
  end
end

# Condition helper: true if the current (sub)command path equals the given one.
function _shtab_vnclean_using
  _shtab_vnclean_scan
  test "$_shtab_vnclean_cmdpath" = "$argv"
end

set -g _shtab_vnclean_commands clean check report review undo apply dict 'dict add' 'dict remove' 'dict list' 'dict lint' 'dict import' explain learn model 'model build' 'model train' 'model info' spark config 'config init' 'config show' help completion
set -g _shtab_vnclean_opts_with_value --backup --below --column --conf --config --decisions --dictionary --edit --encoding --exclude --expansion --field --file --files-from --format --html --ignore --jobs --kind --lang --leave --master --min-confidence --min-count --mode --model --order --output --report --state --summary-json --tone-style --trigrams --type --weight --write -j -o

complete -c vnclean -e
complete -c vnclean -f

complete -c vnclean -n _shtab_vnclean_using -s h -l help -d 'show this help message and exit'
complete -c vnclean -n _shtab_vnclean_using -l version -d 'show the version'
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a clean -d 'Repair text'
complete -c vnclean -n '_shtab_vnclean_using clean' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using clean' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using clean' -s o -l output -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write here, not to stdout; folders and archives: into this folder'
complete -c vnclean -n '_shtab_vnclean_using clean' -s i -l in-place -d 'repair the files themselves'
complete -c vnclean -n '_shtab_vnclean_using clean' -l backup -x -d 'with -i: keep the original under its name + SUFFIX'
complete -c vnclean -n '_shtab_vnclean_using clean' -l report -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write every edit there, as JSON Lines'
complete -c vnclean -n '_shtab_vnclean_using clean' -l summary -l no-summary -d 'show what was done, on stderr'
complete -c vnclean -n '_shtab_vnclean_using clean' -l min-confidence -x -d 'apply a repair if it is right with at least this probability, from 0 to 1 (default: 0.6, and 0.35 where a whole stretch is damaged)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l model -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'use a language model that vnclean model build has made of your own text'
complete -c vnclean -n '_shtab_vnclean_using clean' -l leave -xka "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding" -d 'report repairs of this kind (tone, lost-letters, …), but do not make them; may be given again'
complete -c vnclean -n '_shtab_vnclean_using clean' -l tone-style -xka "keep old new" -d 'write the tone of hòa or hoà the old way, the new way, or as it is (default: keep)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l join-lines -l no-join-lines -d 'put words together that a hyphen breaks at the end of a line (khoa h-, ọc)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l drop-boilerplate -l no-drop-boilerplate -d 'leave out lines that are only a web page'"'"'s menus, buttons and notices, with their line ends'
complete -c vnclean -n '_shtab_vnclean_using clean' -l dictionary -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey a dictionary of your own: words that are never or always changed (see vnclean dict; may be given again; default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l decisions -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey what vnclean review has put there: words that are never changed, repairs that are always made or never'
complete -c vnclean -n '_shtab_vnclean_using clean' -l ignore -x -d 'leave alone whatever matches in a line; may be given again'
complete -c vnclean -n '_shtab_vnclean_using clean' -l markers -l no-markers -d 'leave alone what vnclean:off … vnclean:on and vnclean:ignore-line in a text say (default)'
complete -c vnclean -n '_shtab_vnclean_using clean' -s j -l jobs -x -d 'clean on so many cores, 0 for all there are; the result is the same (default: 1, and all for folders)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out'
complete -c vnclean -n '_shtab_vnclean_using clean' -l type -xka "text jsonl csv tsv html srt vtt markdown" -d 'take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name'
complete -c vnclean -n '_shtab_vnclean_using clean' -l field -l column -x -d 'the field or column that is text, in records (default: text); may be given again; a.b is b within a'
complete -c vnclean -n '_shtab_vnclean_using clean' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using clean' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using clean' -l resume -d 'go on where an earlier run stopped; only what is new or changed is done'
complete -c vnclean -n '_shtab_vnclean_using clean' -l force -d 'begin anew where there was a run, and replace files that are in the way'
complete -c vnclean -n '_shtab_vnclean_using clean' -l exclude -x -d 'leave out what matches, as in a .gitignore; may be given again'
complete -c vnclean -n '_shtab_vnclean_using clean' -l files-from -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read names of files and folders from there (- is standard input), one a line or with a NUL after each; they keep their folders in DIR'
complete -c vnclean -n '_shtab_vnclean_using clean' -l expansion -x -d 'unpack nothing to more than N times its size (default: 200)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l dry-run -d 'say what would be done, do nothing'
complete -c vnclean -n '_shtab_vnclean_using clean' -l summary-json -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write there what was done, and everything skipped or failed with its reason'
complete -c vnclean -n '_shtab_vnclean_using clean' -l state -xka "(__fish_complete_directories)" -d 'with -i: remember there what is done (default: .vnclean in the first folder)'
complete -c vnclean -n '_shtab_vnclean_using clean' -l quiet -l no-quiet -d 'show nothing but what went wrong'
complete -c vnclean -n '_shtab_vnclean_using clean' -l verbose -l no-verbose -d 'name everything that is skipped'
complete -c vnclean -n '_shtab_vnclean_using clean' -l progress -l no-progress -d 'show how far it is (default)'
complete -c vnclean -n '_shtab_vnclean_using clean; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d PATH
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a check -d 'Say what clean would repair; change nothing'
complete -c vnclean -n '_shtab_vnclean_using check' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using check' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using check' -l format -xka "text json github sarif" -d 'text: lines to read (the default); json: JSON Lines, as in a report; github: annotations of GitHub Actions; sarif: SARIF 2.1.0'
complete -c vnclean -n '_shtab_vnclean_using check' -l diff -d 'show a unified diff, fit for patch -p0'
complete -c vnclean -n '_shtab_vnclean_using check' -l all -d 'also list what clean would leave alone'
complete -c vnclean -n '_shtab_vnclean_using check' -l exclude -x -d 'in folders, leave out what matches, as in a .gitignore; may be given again'
complete -c vnclean -n '_shtab_vnclean_using check' -l expansion -x -d 'unpack nothing to more than N times its size (default: 200)'
complete -c vnclean -n '_shtab_vnclean_using check' -l min-confidence -x -d 'apply a repair if it is right with at least this probability, from 0 to 1 (default: 0.6, and 0.35 where a whole stretch is damaged)'
complete -c vnclean -n '_shtab_vnclean_using check' -l model -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'use a language model that vnclean model build has made of your own text'
complete -c vnclean -n '_shtab_vnclean_using check' -l leave -xka "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding" -d 'report repairs of this kind (tone, lost-letters, …), but do not make them; may be given again'
complete -c vnclean -n '_shtab_vnclean_using check' -l tone-style -xka "keep old new" -d 'write the tone of hòa or hoà the old way, the new way, or as it is (default: keep)'
complete -c vnclean -n '_shtab_vnclean_using check' -l join-lines -l no-join-lines -d 'put words together that a hyphen breaks at the end of a line (khoa h-, ọc)'
complete -c vnclean -n '_shtab_vnclean_using check' -l drop-boilerplate -l no-drop-boilerplate -d 'leave out lines that are only a web page'"'"'s menus, buttons and notices, with their line ends'
complete -c vnclean -n '_shtab_vnclean_using check' -l dictionary -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey a dictionary of your own: words that are never or always changed (see vnclean dict; may be given again; default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using check' -l decisions -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey what vnclean review has put there: words that are never changed, repairs that are always made or never'
complete -c vnclean -n '_shtab_vnclean_using check' -l ignore -x -d 'leave alone whatever matches in a line; may be given again'
complete -c vnclean -n '_shtab_vnclean_using check' -l markers -l no-markers -d 'leave alone what vnclean:off … vnclean:on and vnclean:ignore-line in a text say (default)'
complete -c vnclean -n '_shtab_vnclean_using check' -s j -l jobs -x -d 'clean on so many cores, 0 for all there are; the result is the same (default: 1, and all for folders)'
complete -c vnclean -n '_shtab_vnclean_using check' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out'
complete -c vnclean -n '_shtab_vnclean_using check' -l type -xka "text jsonl csv tsv html srt vtt markdown" -d 'take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name'
complete -c vnclean -n '_shtab_vnclean_using check' -l field -l column -x -d 'the field or column that is text, in records (default: text); may be given again; a.b is b within a'
complete -c vnclean -n '_shtab_vnclean_using check' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using check' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using check; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d PATH
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a report -d 'Show what a report amounts to'
complete -c vnclean -n '_shtab_vnclean_using report' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using report' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using report' -l json -d 'one JSON object instead of tables'
complete -c vnclean -n '_shtab_vnclean_using report' -l html -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write one page there that shows each repair in its text, to be opened in a browser; it needs no network'
complete -c vnclean -n '_shtab_vnclean_using report' -l context-only -d 'with --html: show only the text in the report, even where the documents are at hand'
complete -c vnclean -n '_shtab_vnclean_using report; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d REPORT
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a review -d 'Decide on the doubtful edits of a report'
complete -c vnclean -n '_shtab_vnclean_using review' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using review' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using review' -l below -x -d 'show repairs made with a confidence below P (default: 0.9), and all that was left alone'
complete -c vnclean -n '_shtab_vnclean_using review' -l all -d 'show all edits, those too that your own words keep'
complete -c vnclean -n '_shtab_vnclean_using review' -l kind -xka "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding" -d 'only edits of this kind (tone, lost-letters, …); may be given again'
complete -c vnclean -n '_shtab_vnclean_using review' -l file -x -d 'only edits of files like this ('"'"'news/*'"'"'); may be given again'
complete -c vnclean -n '_shtab_vnclean_using review' -l order -xka "doubt file" -d 'the most doubtful first, among them the commonest, or as the report has them (default: doubt)'
complete -c vnclean -n '_shtab_vnclean_using review' -l decisions -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'keep what is decided there (default: REPORT.decisions.jsonl)'
complete -c vnclean -n '_shtab_vnclean_using review' -l write -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'at the end write the report as it was decided, for vnclean apply; not after Ctrl-C'
complete -c vnclean -n '_shtab_vnclean_using review; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d REPORT
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a undo -d 'Take repairs back'
complete -c vnclean -n '_shtab_vnclean_using undo' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using undo' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using undo' -l kind -xka "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding" -d 'those of this kind, for example tone; may be given again'
complete -c vnclean -n '_shtab_vnclean_using undo' -l file -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'those in this file or document, or in those that fit this pattern'
complete -c vnclean -n '_shtab_vnclean_using undo' -l edit -x -d 'those in these lines of the report: 12, or 40-44, or 12,40-44'
complete -c vnclean -n '_shtab_vnclean_using undo' -l below -x -d 'those less sure than this, from 0 to 1'
complete -c vnclean -n '_shtab_vnclean_using undo' -s o -l output -xka "(__fish_complete_directories)" -d 'write the files there, under their names; a FILE if it is one; nothing is replaced'
complete -c vnclean -n '_shtab_vnclean_using undo' -l report -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write the report of what holds then there, and leave REPORT as it is'
complete -c vnclean -n '_shtab_vnclean_using undo' -l dry-run -d 'say what would be done, do nothing'
complete -c vnclean -n '_shtab_vnclean_using undo; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d REPORT
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a apply -d 'Make the edits of a report'
complete -c vnclean -n '_shtab_vnclean_using apply' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using apply' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using apply' -s o -l output -xka "(__fish_complete_directories)" -d 'write the files there, under their names; a FILE if it is one; nothing is replaced'
complete -c vnclean -n '_shtab_vnclean_using apply' -l report -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write the report of what holds then there, and leave REPORT as it is'
complete -c vnclean -n '_shtab_vnclean_using apply' -l dry-run -d 'say what would be done, do nothing'
complete -c vnclean -n '_shtab_vnclean_using apply; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d REPORT
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a dict -d 'Keep a dictionary of your own'
complete -c vnclean -n '_shtab_vnclean_using dict' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using dict' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using dict; and test $_shtab_vnclean_npos -eq 0' -a add -d 'Add entries'
complete -c vnclean -n '_shtab_vnclean_using dict add' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using dict add' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using dict add' -l file -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the dictionary (default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using dict; and test $_shtab_vnclean_npos -eq 0' -a remove -d 'Take entries out'
complete -c vnclean -n '_shtab_vnclean_using dict remove' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using dict remove' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using dict remove' -l file -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the dictionary (default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using dict; and test $_shtab_vnclean_npos -eq 0' -a list -d 'Show the entries, in the order in which they are written'
complete -c vnclean -n '_shtab_vnclean_using dict list' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using dict list' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using dict list' -l file -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the dictionary (default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using dict list' -l json -d 'one JSON object an entry'
complete -c vnclean -n '_shtab_vnclean_using dict; and test $_shtab_vnclean_npos -eq 0' -a lint -d 'Name what is wrong in each FILE: what makes no sense (an entry that contradicts another, has no letter, or is corrected again), and what is there twice'
complete -c vnclean -n '_shtab_vnclean_using dict lint' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using dict lint' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using dict lint' -l file -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the dictionary (default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using dict lint; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d FILE
complete -c vnclean -n '_shtab_vnclean_using dict; and test $_shtab_vnclean_npos -eq 0' -a import -d 'Add the words of each FILE'
complete -c vnclean -n '_shtab_vnclean_using dict import' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using dict import' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using dict import' -l file -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the dictionary (default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using dict import' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'what the FILEs are in'
complete -c vnclean -n '_shtab_vnclean_using dict import' -l all -d 'take words too that vnclean knows already'
complete -c vnclean -n '_shtab_vnclean_using dict import; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d FILE
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a explain -d 'Say of every word why clean changes it, or not, and show what else was weighed'
complete -c vnclean -n '_shtab_vnclean_using explain' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using explain' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using explain' -l json -d 'one JSON object a word instead of tables'
complete -c vnclean -n '_shtab_vnclean_using explain' -l all -d 'show a table for every word'
complete -c vnclean -n '_shtab_vnclean_using explain' -l min-confidence -x -d 'apply a repair if it is right with at least this probability, from 0 to 1 (default: 0.6, and 0.35 where a whole stretch is damaged)'
complete -c vnclean -n '_shtab_vnclean_using explain' -l dictionary -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey a dictionary of your own: words that are never or always changed (see vnclean dict; may be given again; default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using explain' -l decisions -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey what vnclean review has put there: words that are never changed, repairs that are always made or never'
complete -c vnclean -n '_shtab_vnclean_using explain' -l ignore -x -d 'leave alone whatever matches in a line; may be given again'
complete -c vnclean -n '_shtab_vnclean_using explain' -l markers -l no-markers -d 'leave alone what vnclean:off … vnclean:on and vnclean:ignore-line in a text say (default)'
complete -c vnclean -n '_shtab_vnclean_using explain' -l model -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'use a language model that vnclean model build has made of your own text'
complete -c vnclean -n '_shtab_vnclean_using explain' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using explain' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a learn -d 'Propose words for a dictionary of your own'
complete -c vnclean -n '_shtab_vnclean_using learn' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using learn' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using learn' -s o -l output -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'write the proposed dictionary there, not to stdout'
complete -c vnclean -n '_shtab_vnclean_using learn' -l min-count -x -d 'propose what is there so often, at least (default: 5)'
complete -c vnclean -n '_shtab_vnclean_using learn' -l exclude -x -d 'in folders, leave out what matches, as in a .gitignore; may be given again'
complete -c vnclean -n '_shtab_vnclean_using learn' -l json -d 'tell programs, not people'
complete -c vnclean -n '_shtab_vnclean_using learn' -l progress -l no-progress -d 'show how far it is (default)'
complete -c vnclean -n '_shtab_vnclean_using learn' -s j -l jobs -x -d 'read on so many cores, 0 for all there are (default: all)'
complete -c vnclean -n '_shtab_vnclean_using learn' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out'
complete -c vnclean -n '_shtab_vnclean_using learn' -l type -xka "text jsonl csv tsv html srt vtt markdown" -d 'take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name'
complete -c vnclean -n '_shtab_vnclean_using learn' -l field -l column -x -d 'the field or column that is text, in records (default: text); may be given again; a.b is b within a'
complete -c vnclean -n '_shtab_vnclean_using learn' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using learn' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using learn; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d PATH
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a model -d 'Adapt the language model to your own texts, train and inspect one'
complete -c vnclean -n '_shtab_vnclean_using model' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using model' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using model; and test $_shtab_vnclean_npos -eq 0' -a build -d 'Adapt vnclean'"'"'s language model to your own text'
complete -c vnclean -n '_shtab_vnclean_using model build' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using model build' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using model build' -s o -l output -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the model file'
complete -c vnclean -n '_shtab_vnclean_using model build' -l weight -x -d 'believe the text so far at most, from 0 to 1 (default: 0.25); more helps text of its kind, and harms other text'
complete -c vnclean -n '_shtab_vnclean_using model build' -l exclude -x -d 'in folders, leave out what matches, as in a .gitignore; may be given again'
complete -c vnclean -n '_shtab_vnclean_using model build' -l json -d 'tell programs, not people'
complete -c vnclean -n '_shtab_vnclean_using model build' -l progress -l no-progress -d 'show how far it is (default)'
complete -c vnclean -n '_shtab_vnclean_using model build' -s j -l jobs -x -d 'read on so many cores, 0 for all there are (default: all)'
complete -c vnclean -n '_shtab_vnclean_using model build' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out'
complete -c vnclean -n '_shtab_vnclean_using model build' -l type -xka "text jsonl csv tsv html srt vtt markdown" -d 'take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name'
complete -c vnclean -n '_shtab_vnclean_using model build' -l field -l column -x -d 'the field or column that is text, in records (default: text); may be given again; a.b is b within a'
complete -c vnclean -n '_shtab_vnclean_using model build' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using model build' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using model build; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d PATH
complete -c vnclean -n '_shtab_vnclean_using model; and test $_shtab_vnclean_npos -eq 0' -a train -d 'Train a language model from nothing, as vnclean'"'"'s own was'
complete -c vnclean -n '_shtab_vnclean_using model train' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using model train' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using model train' -s o -l output -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'the model file'
complete -c vnclean -n '_shtab_vnclean_using model train' -l trigrams -x -d 'how many trigrams to keep, about (default: 10000000)'
complete -c vnclean -n '_shtab_vnclean_using model train' -l no-wide-context -d 'leave out what words farther off say: quicker to build, needs no numba'
complete -c vnclean -n '_shtab_vnclean_using model train; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d CORPUS
complete -c vnclean -n '_shtab_vnclean_using model; and test $_shtab_vnclean_npos -eq 0' -a info -d 'Show what a model was built from, and whether it is intact'
complete -c vnclean -n '_shtab_vnclean_using model info' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using model info' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using model info; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d FILE
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a spark -d 'Repair all files of a folder on Apache Spark'
complete -c vnclean -n '_shtab_vnclean_using spark' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using spark' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l format -xka "text jsonl parquet" -d 'text: each file is a document, of the kind that its name says; jsonl: each line is a record; parquet: each row is one'
complete -c vnclean -n '_shtab_vnclean_using spark' -l report -xka "(__fish_complete_directories)" -d 'write every edit there, as JSON Lines (default: OUT.report)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l mode -xka "errorifexists overwrite" -d 'what to do if OUT or its report exists (default: errorifexists)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l master -x -d 'where to run: local[4], spark://HOST:PORT, yarn, k8s://HOST:PORT (default: what spark-submit or the variable MASTER says, otherwise all cores of this machine)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l conf -x -d 'a setting of Spark, as spark.executor.cores=4; may be given again'
complete -c vnclean -n '_shtab_vnclean_using spark' -l quiet -d 'show nothing but what went wrong'
complete -c vnclean -n '_shtab_vnclean_using spark' -l progress -l no-progress -d 'show how far it is (default)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l min-confidence -x -d 'apply a repair if it is right with at least this probability, from 0 to 1 (default: 0.6, and 0.35 where a whole stretch is damaged)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l model -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'use a language model that vnclean model build has made of your own text'
complete -c vnclean -n '_shtab_vnclean_using spark' -l leave -xka "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding" -d 'report repairs of this kind (tone, lost-letters, …), but do not make them; may be given again'
complete -c vnclean -n '_shtab_vnclean_using spark' -l tone-style -xka "keep old new" -d 'write the tone of hòa or hoà the old way, the new way, or as it is (default: keep)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l join-lines -l no-join-lines -d 'put words together that a hyphen breaks at the end of a line (khoa h-, ọc)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l drop-boilerplate -l no-drop-boilerplate -d 'leave out lines that are only a web page'"'"'s menus, buttons and notices, with their line ends'
complete -c vnclean -n '_shtab_vnclean_using spark' -l dictionary -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey a dictionary of your own: words that are never or always changed (see vnclean dict; may be given again; default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l decisions -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey what vnclean review has put there: words that are never changed, repairs that are always made or never'
complete -c vnclean -n '_shtab_vnclean_using spark' -l ignore -x -d 'leave alone whatever matches in a line; may be given again'
complete -c vnclean -n '_shtab_vnclean_using spark' -l markers -l no-markers -d 'leave alone what vnclean:off … vnclean:on and vnclean:ignore-line in a text say (default)'
complete -c vnclean -n '_shtab_vnclean_using spark' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out'
complete -c vnclean -n '_shtab_vnclean_using spark' -l type -xka "text jsonl csv tsv html srt vtt markdown" -d 'take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name'
complete -c vnclean -n '_shtab_vnclean_using spark' -l field -l column -x -d 'the field or column that is text, in records (default: text); may be given again; a.b is b within a'
complete -c vnclean -n '_shtab_vnclean_using spark' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using spark' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using spark; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d IN
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a config -d 'Show what is set, and begin a configuration file'
complete -c vnclean -n '_shtab_vnclean_using config' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using config' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using config; and test $_shtab_vnclean_npos -eq 0' -a init -d 'Write a vnclean'
complete -c vnclean -n '_shtab_vnclean_using config init' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using config init' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using config; and test $_shtab_vnclean_npos -eq 0' -a show -d 'Show what holds for PATH, and where each value comes from'
complete -c vnclean -n '_shtab_vnclean_using config show' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using config show' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using config show' -l json -d 'one JSON object a key, for programs'
complete -c vnclean -n '_shtab_vnclean_using config show' -l min-confidence -x -d 'apply a repair if it is right with at least this probability, from 0 to 1 (default: 0.6, and 0.35 where a whole stretch is damaged)'
complete -c vnclean -n '_shtab_vnclean_using config show' -l model -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'use a language model that vnclean model build has made of your own text'
complete -c vnclean -n '_shtab_vnclean_using config show' -l leave -xka "lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding" -d 'report repairs of this kind (tone, lost-letters, …), but do not make them; may be given again'
complete -c vnclean -n '_shtab_vnclean_using config show' -l tone-style -xka "keep old new" -d 'write the tone of hòa or hoà the old way, the new way, or as it is (default: keep)'
complete -c vnclean -n '_shtab_vnclean_using config show' -l join-lines -l no-join-lines -d 'put words together that a hyphen breaks at the end of a line (khoa h-, ọc)'
complete -c vnclean -n '_shtab_vnclean_using config show' -l drop-boilerplate -l no-drop-boilerplate -d 'leave out lines that are only a web page'"'"'s menus, buttons and notices, with their line ends'
complete -c vnclean -n '_shtab_vnclean_using config show' -l dictionary -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey a dictionary of your own: words that are never or always changed (see vnclean dict; may be given again; default: vnclean.words here or in a folder above)'
complete -c vnclean -n '_shtab_vnclean_using config show' -l decisions -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'obey what vnclean review has put there: words that are never changed, repairs that are always made or never'
complete -c vnclean -n '_shtab_vnclean_using config show' -l ignore -x -d 'leave alone whatever matches in a line; may be given again'
complete -c vnclean -n '_shtab_vnclean_using config show' -l markers -l no-markers -d 'leave alone what vnclean:off … vnclean:on and vnclean:ignore-line in a text say (default)'
complete -c vnclean -n '_shtab_vnclean_using config show' -s j -l jobs -x -d 'clean on so many cores, 0 for all there are; the result is the same (default: 1, and all for folders)'
complete -c vnclean -n '_shtab_vnclean_using config show' -l encoding -xka "utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2" -d 'take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out'
complete -c vnclean -n '_shtab_vnclean_using config show' -l type -xka "text jsonl csv tsv html srt vtt markdown" -d 'take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name'
complete -c vnclean -n '_shtab_vnclean_using config show' -l field -l column -x -d 'the field or column that is text, in records (default: text); may be given again; a.b is b within a'
complete -c vnclean -n '_shtab_vnclean_using config show' -l config -xka "(__fish_complete_path (commandline -ct | string unescape))" -d 'read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it'
complete -c vnclean -n '_shtab_vnclean_using config show' -l isolated -d 'read no configuration file, and no dictionary that is not named'
complete -c vnclean -n '_shtab_vnclean_using config show; and test $_shtab_vnclean_npos -ge 0' -ka "(__fish_complete_path (commandline -ct | string unescape))" -d PATH
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a help -d 'Show help on a topic or a command'
complete -c vnclean -n '_shtab_vnclean_using help' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using help' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using help; and test $_shtab_vnclean_npos -ge 0' -ka "archives confidence configuration encodings exit-codes folders formats hooks kinds models pipelines reports review words clean check report review undo apply dict explain learn model spark config help completion" -d NAME
complete -c vnclean -n '_shtab_vnclean_using; and test $_shtab_vnclean_npos -eq 0' -a completion -d 'Print a script by which a shell completes the command lines of vnclean'
complete -c vnclean -n '_shtab_vnclean_using completion' -s h -l help -d 'show this help message and exit'
complete -c vnclean -n '_shtab_vnclean_using completion' -l lang -xka "en vi" -d 'speak English (en) or Vietnamese (vi) (default: as the locale says)'
complete -c vnclean -n '_shtab_vnclean_using completion; and test $_shtab_vnclean_npos -ge 0' -ka "bash zsh fish" -d SHELL

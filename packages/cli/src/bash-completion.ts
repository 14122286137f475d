/**
 * The completion script for bash. That of @bomb.sh/tab needs the package bash-completion, which not every system has,
 * evaluates the words that are being typed, and cannot be sourced twice; this one does none of it, back to bash 3.2.
 */
export const bashScript = `\
# bash completion for mesascope
_mesascope() {
  local word last=-1
  local -a words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    # bash takes --name=value for three words.
    if [[ $last -ge 0 && ( $word == "=" || \${words[last]} == --*= ) ]]; then
      words[last]+=$word
    else
      words[++last]=$word
    fi
  done
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    [[ $word == :* || -z $word ]] || COMPREPLY+=("$(printf %q "$word")")
  done < <(mesascope complete -- "\${words[@]}" 2>/dev/null)
}
complete -o default -F _mesascope mesascope
`;

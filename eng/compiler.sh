# Sourced by whatever builds. One compiler for all projects of a build, warm from the first on and ended with it: nobody else's compiler is used or
# stopped. One that could not be ended (kill -9) goes by itself after ten idle minutes.

# A build is too short to gain from counting which branches are taken.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_TieredPGO=0
compiler_name=

compiler_program() {
    local version
    version=$(dotnet --version)
    dotnet --list-sdks | sed -n "s/^$version \[\(.*\)\]$/\1\/$version\/Roslyn\/bincore\/VBCSCompiler.dll/p"
}

# The first project that is compiled starts it.
start_compiler() {
    compiler=$(compiler_program)
    [ -f "$compiler" ] || return 0
    compiler_name=${compiler_name:-control-tower-$$-$RANDOM}
    export UseSharedCompilation=true SharedCompilationId=$compiler_name
}

# Returns once it has gone; nothing happens where none runs.
end_compiler() {
    [ "$UseSharedCompilation" = true ] || return 0
    dotnet "$compiler" -shutdown "-pipename:$compiler_name" >/dev/null 2>&1 || true
    export UseSharedCompilation=false
}

using AnTin.Bench;

// dotnet run -c Release --project bench/AnTin.Bench -- NAME [--seconds N] [--megabytes N]
var benchmarks = new Dictionary<string, Func<BenchOptions, int>>(StringComparer.Ordinal)
{
    ["sign-pades-b-rsa2048"] = SignPadesB.Run,
    ["verify-pades-b"] = VerifyPadesB.Run,
    ["sign-pades-1gb"] = SignLargeFile.Run,
    [SignLargeFile.Worker] = SignLargeFile.RunWorker,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark) || BenchOptions.Parse(args[1..]) is not { } options)
{
    Console.Error.WriteLine($"usage: AnTin.Bench NAME [--seconds N] [--megabytes N] [--folder DIR]; NAME is one of {string.Join(", ", benchmarks.Keys.Where(n => n != SignLargeFile.Worker))}");
    return 64;
}

return benchmark(options);

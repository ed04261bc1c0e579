using AnTin.Server.Hosting;

return await ServerProgram.RunAsync(new AnTinHostOptions { Args = args });

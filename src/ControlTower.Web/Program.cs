using ControlTower.Web.Hosting;

return await CommandLineCommands.RunAsync(args, Console.Out, Console.Error);

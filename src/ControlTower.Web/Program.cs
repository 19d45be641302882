using ControlTower.Web.Hosting;

return await Verbs.RunAsync(args, Console.Out, Console.Error);
